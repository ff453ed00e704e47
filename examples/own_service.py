"""Any job API: a document with x-job is all that is needed."""

import os

import redenlab

settings = {"base_url": os.environ["ACME_BASE_URL"], "api_key": os.environ["ACME_API_KEY"]}
with redenlab.connect("acme.yaml", **settings) as client:
    print(client.run(picture="a cat", model_name="plain").result)
