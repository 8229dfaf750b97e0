"""What Gluteus says about itself: why people who sit need it, who should ask a doctor first, where that is known from.

The words stand here and nowhere else in the program: the About screen shows all of them, and the menu points somebody
new to it. The README has its own copy of WHEN_NOT_TO, which a test holds to this one.
"""

STORY = """\
Sit all day and your glutes get lazy. Your weight slows their blood and loads the discs of your lower back; bent hips \
keep them stretched; nothing asks them to work. The hip flexors (rectus femoris, psoas, iliacus) shorten, tip the \
pelvis forward and hold the glutes back, the adductors take over, and that shape stays.

You notice when you rise: an ache, a slow straightening. Lower back, hips, groin, hamstrings, even calves and ankles \
can pay; through the sling across the back, a shoulder too.

Gluteus maximus extends the hip and turns the leg out, on stairs, hills and the run. Medius and minimus take the leg \
out, turn it in, and steady your pelvis at every step. Wake them: do a few each time you stand up."""
"""Paragraphs with an empty line between them, each to be wrapped by who shows it."""

WHEN_NOT_TO = """\
Ask a doctor or a physiotherapist first after recent surgery or with a joint replacement, in pregnancy, when you are \
dizzy, when you have pain or numbness down a leg, or when your back pain is new."""
"""Who should not simply begin: one paragraph of the About screen."""

NOT_MEDICAL_ADVICE = """\
None of this is medical advice. If something hurts, stop and ask someone who can examine you."""

SOURCES = """\
Anatomy: StatPearls, "Anatomy, Bony Pelvis and Lower Limb: Gluteus Maximus Muscle". What an exercise rests on stands \
with it: press i in a workout."""

ABOUT = "\n\n".join((STORY, WHEN_NOT_TO, NOT_MEDICAL_ADVICE, SOURCES))
"""All of it, as the About screen shows it."""

NEW_HERE = (
    "New here? Press ctrl+p and choose about: it says when not to train.",
    "When not to train: ctrl+p, about.",
)
"""What the menu tells somebody new, longest first: each a whole sentence, the last for the narrowest window."""
