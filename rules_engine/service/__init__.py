"""The service: everything the engine answers, over HTTP. An extra: `pip install 'retail-note-rules[service]'`.

`application.application` builds it, `serving.serve` runs it. One router for each subject, under `routers/`; nothing in
them decides. What they answer are the host's decisions and the desk's lists, as `shapes` describes them.
"""
