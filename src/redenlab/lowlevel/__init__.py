"""What every generated package is made of; hand-written, once for all backends.

A request and a response as plain values (`types`), JSON as typed values (`decoding`, `records`) and
back (`encoding`), how they are shown (`display`), what can go wrong (`errors`), and a plain client
(`client`). It knows no backend and nothing of
`redenlab.core`, so that the generated operations can be used without the workflows.
"""
