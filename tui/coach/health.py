"""Who should ask a doctor before a first workout. Every mode shows it once."""

ASK_FIRST = "Ask a doctor or a physiotherapist first"
ASK_IF = (
    "after recent surgery", "with a joint replacement", "in pregnancy", "if you are dizzy",
    "if you have pain or numbness down a leg", "if your back pain is new",
)  # fmt: skip
"""The cases; `ASK_FIRST` comes before them."""

WHEN_NOT_TO = f"{ASK_FIRST} {', '.join(ASK_IF[:-1])}, or {ASK_IF[-1]}."
"""The same as one paragraph."""

NOT_MEDICAL_ADVICE = """\
None of this is medical advice. If something hurts, stop and ask someone who can examine you."""
