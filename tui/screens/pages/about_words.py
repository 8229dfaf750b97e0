"""The story that the About screen tells: why people who sit all day need Gluteus."""

ABOUT = """\
Sit all day and your glutes switch off. Your weight on the seat keeps the blood out, tires them and loads the discs of \
your lower back. Bent hips stretch them past the length at which they are strong. Unused, they forget their work. The \
hip flexors shorten, tip the pelvis forward and hold the glutes back; the adductors take over and shorten too. In the \
end muscles take the shape of the day.

Your lower back, hips, groin and hamstrings pay for it, even calves, ankles or a shoulder.

Gluteus maximus extends the hip and turns the leg out. Medius and minimus steady your pelvis at every step. Wake them \
for a few minutes, several times a day: squeeze, lift, stand, stretch.

None of this is medical advice. If something hurts, stop and ask someone who can examine you."""
"""Paragraphs with an empty line between them, each to be wrapped by who shows it."""
