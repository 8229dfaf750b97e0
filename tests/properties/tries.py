"""The number of examples: `--hypothesis-profile=thorough` tries it more often."""

import hypothesis

IS_THOROUGH = hypothesis.settings.get_profile("thorough").max_examples == hypothesis.settings().max_examples


def tries(most: int) -> int:
    """Return `most` in the thorough profile, a tenth of it in the quick one."""
    return most if IS_THOROUGH else most // 10
