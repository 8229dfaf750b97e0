"""Who should ask a doctor before a first workout: said once, in every mode."""

WHEN_NOT_TO = """\
Ask a doctor or a physiotherapist first after recent surgery, with a joint replacement, in pregnancy, \
if you are dizzy, if you have pain or numbness down a leg, or if your back pain is new."""
"""Who should ask a doctor before a first workout: one paragraph."""

NOT_MEDICAL_ADVICE = """\
None of this is medical advice. If something hurts, stop and ask someone who can examine you."""
