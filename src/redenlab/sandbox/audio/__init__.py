"""What the sandbox hears in a recording: speech, pauses, syllables, voices; no backend's own."""
