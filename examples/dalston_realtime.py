"""What is said, while it is said; after an interruption the session goes on where it was."""

from redenlab.dalston import Dalston, Reconnect

with Dalston() as client, client.realtime(language="en", reconnect=Reconnect()) as session:

    @session.on_final
    def final(message):
        print(f"{message.start:6.2f} {message.text}")

    session.send_file("call.wav", speed=8)  # of a microphone: session.send_audio(chunk)
