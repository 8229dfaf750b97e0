"""What Gluteus says about itself: why people who sit need it, who should ask a doctor first, where that is known from.

The words stand here and nowhere else in the program: the About screen shows all of them, and whatever greets somebody
at the first start shows WHEN_NOT_TO. The README has its own copy of that paragraph, which a test holds to this one.
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
"""Who should not simply begin: one paragraph, shown on the About screen and once at the first start."""

NOT_MEDICAL_ADVICE = """\
None of this is medical advice. If something hurts, stop and ask someone who can examine you."""

SOURCES = """\
Anatomy: StatPearls, "Anatomy, Bony Pelvis and Lower Limb: Gluteus Maximus Muscle". What an exercise rests on stands \
with it: press i in a workout."""

ABOUT = "\n\n".join((STORY, WHEN_NOT_TO, NOT_MEDICAL_ADVICE, SOURCES))
"""All of it, as the About screen shows it."""
