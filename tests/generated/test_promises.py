"""Which changes of ``x-job``, ``x-client``, security and webhooks are reported as breaking."""
# ruff: noqa: E501 - a row of a table is one line

from collections.abc import Callable
from pathlib import Path

import pytest

import breaking
from edited_specs import changed, write
from promises import RULES, Promises, broken, promises, rule
from redenlab.core.jobs import resume_tokens
from redenlab.core.spec.document import Spec

pytestmark = pytest.mark.no_cover  # only scripts are tested

SPEC = """\
openapi: 3.1.0
info: {title: Quarry, version: '1'}
servers: [{url: 'https://api.quarry.example/v1'}]
x-ways: {cart: {protocol: trpc}}
x-client:
  name: QuarryClient
  environment: QUARRY
  file: .quarry/config.yaml
  variables: {api_key: [QUARRY_TOKEN]}
  headers: {Quarry-Version: '2026-01-01'}
  awaited: true
  checked: true
  positional: true
  base_path: /v1
  kept: [input]
  sign_in:
    client_id: QUARRY_ID
    client_secret: QUARRY_SECRET
    discovery: https://quarry.example/endpoint.json
    hosts: [.quarry.example, .rock.example]
    callback: http://localhost:9999/callback
    tokens: .quarry/tokens.yaml
    cache: .quarry/cache.yaml
security: [{key: []}]
paths:
  /stones:
    post:
      operationId: cut
      parameters:
        - {name: Idempotency-Key, in: header, schema: {type: string}}
        - {name: Prefer, in: header, schema: {type: string}}
        - {name: grain, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'202': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Stone'}}}}}
      x-job:
        version: 2
        name: cut
        aliases: {chisel: cut}
        idempotency: always
        model: {place: $request.body#/kind, pattern: '(?P<kind>[a-z-]+)', resolve: {when: $statusCode == 422, url: '/kinds/{$model.kind}', value: $response.body#/id}}
        upload:
          - operationId: put_block
            body: $file
            keep: {block: $response.body#/id}
          - operationId: get_stone
            parameters: {id: $upload.block}
            until: {done: $response.body#/stage == done, interval: {initial: 1, max: 8}}
        asset: $upload.block
        file: {instead: $request.body#/url}
        files:
          place: $request.body#/plans
          inline: 1000
          max: 2000
          upload: [{operationId: put_block, body: $file, keep: {url: $response.body#/id}}]
          value: $upload.url
        submit:
          bind: {$request.header.Idempotency-Key: $call.id, $request.body#/block: $upload.block}
          options:
            wait: {place: $request.header.Prefer, value: 'wait={$option}', type: integer, minimum: 1, maximum: 60, hold: true}
            grain: {place: $request.query.grain, pattern: fine|coarse}
          pending: {statuses: [409, 425], waits: [2, 4, 8]}
          exists: $statusCode == 412
        id: $response.body#/id
        keep: {region: $response.header.Region}
        poll:
          operationId: get_stone
          parameters: {id: $job.id}
          headers: {Quarry-Region: $job.region}
          hold: 30
          status: $response.body#/stage
          error: $response.body#/reason
          progress: $response.body#/cut
          interval: {initial: 1, factor: 2, max: 8}
          timeout: 600
          grace: {statuses: [404, 410], seconds: 30}
        states:
          - {when: $response.body#/reason == dust, is: gone}
        result:
          name: Cut
          operationId: get_stone
          parameters: {id: $job.id}
          value: $response.body
          also: [failed]
          pending: {statuses: [425], waits: [1, 2]}
          types: {granite: Stone, gneiss: Slab, marble: {result: Slab, parameters: Finish}}
          parts:
            dust: {operationId: get_stone, parameters: {id: $job.id}}
        cancel: {operationId: drop_stone, parameters: {id: $job.id}}
        pause: {operationId: drop_stone, parameters: {id: $job.id}}
        resume: {operationId: drop_stone, parameters: {id: $job.id}}
        delete: {operationId: drop_stone, parameters: {id: $job.id}}
        retry: {operationId: drop_stone, parameters: {id: $job.id}}
        health: {operationId: get_stone, parameters: {id: granite}, status: $response.body#/stage, ready: $response.body#/ready}
        segments: {seconds: 50, overlap: 1, scores: {Stone: weight, Slab: weight}}
  /blocks:
    post:
      operationId: put_block
      x-idempotency: always
      requestBody: {content: {application/octet-stream: {schema: {type: string, format: binary}}}}
      responses: {'201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Stone'}}}}}
    get:
      operationId: list_blocks
      security: []
      parameters:
        - {name: depth, in: query, schema: {type: integer, minimum: 1, maximum: 9}}
        - {name: name, in: query, schema: {type: string, minLength: 1, maxLength: 9, pattern: '[a-z]+'}}
        - {name: order, in: query, schema: {type: string, enum: [up, down]}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
      responses: {'200': {description: ok}}
      x-stream: {type: Slab, events: [slab], done: $response.body#/weight == 1}
  /stones/{id}:
    get:
      operationId: get_stone
      x-ways: {cart: {query: stones.get, input: $request.path.id}}
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Stone'}}}}}
    delete:
      operationId: drop_stone
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: gone}}
  /polish:
    post:
      operationId: polish
      responses: {'202': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Stone'}}}}}
      x-job:
        version: 2
        name: polish
        idempotency: never
        id: $response.body#/id
        poll: {operationId: get_stone, parameters: {id: $job.id}, status: $response.body#/stage}
        result: {name: Polished, type: Vein, files: declared}
webhooks:
  cut:
    post:
      x-signature: {header: Quarry-Signature, value: 't={timestamp},v1={hex}', signed: '{timestamp}.{body}'}
      responses: {'200': {description: ok}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: Quarry-Key, x-prefix: Key}
    people: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://quarry.example/token', scopes: {}}}}
  schemas:
    Order: {type: object, additionalProperties: true, properties: {kind: {type: string}, url: {type: string}, block: {type: string}, plans: {type: array, items: {type: string}, minItems: 1, maxItems: 4}, bed: {type: object, minProperties: 1, maxProperties: 9}, size: {type: integer, multipleOf: 2}}}
    Finish: {type: object, properties: {gloss: {type: number, minimum: 0, maximum: 10}, tone: {type: string, enum: [bad, ace], maxLength: 5, pattern: '[a-z]+'}}}
    Slab: {type: object, properties: {weight: {type: number}}}
    Vein: {type: object, required: [depth], properties: {depth: {type: number}, colour: {type: string}}}
    Stone:
      type: object
      required: [id, stage]
      properties:
        id: {type: string}
        stage: {type: string, x-states: '#/components/schemas/Stage'}
        reason: {type: string}
        ready: {type: boolean}
        cut: {type: number}
        weight: {type: number}
    More: {type: array, maxItems: 2, items: {type: string}}
    Stage: {type: string, enum: [cutting, done, broken], x-job-states: {running: [cutting], succeeded: [done], failed: [broken]}}
"""

STATUS = "          status: $response.body#/stage\n"
POLISH = SPEC[SPEC.index("  /polish:") : SPEC.index("webhooks:")]

BREAKING = [
    ("in: header, name: Quarry-Key, x-prefix: Key", "in: query, name: key", "auth/key: was the header Quarry-Key with Key, is the query parameter key"),
    ("x-prefix: Key", "x-prefix: Token", "auth/key: was the header Quarry-Key with Key, is the header Quarry-Key with Token"),
    ("type: apiKey, in: header, name: Quarry-Key, x-prefix: Key", "type: http, scheme: bearer", "auth/key: was the header Quarry-Key with Key, is the header Authorization with Bearer"),
    ("clientCredentials: {", "authorizationCode: {", "auth/oauth2/clientCredentials: was there, is gone"),
    ("      security: []\n", "", "operations/list_blocks/key: was not needed, is needed"),
    ("operationId: drop_stone\n", "operationId: drop_stone\n      security: []\n", "operations/drop_stone/key: was needed, is not needed"),
    ("      x-idempotency: always\n", "", "operations/put_block/lost request: was sent again, is not sent again"),
    ("quarry.example/v1", "quarry.example/v2", "servers/base_url: was https://api.quarry.example/v1, is https://api.quarry.example/v2"),
    ("name: tags, in: query, schema: {type: array,", "name: tags, in: query, schema: {type: array, maxItems: 5,", "operations/list_blocks/arguments/tags/maxItems: was not there, is 5"),
    ("maxItems: 4", "maxItems: 3", "schemas/Order/plans/maxItems: was 4, is 3"),
    ("maxProperties: 9", "maxProperties: 8", "schemas/Order/bed/maxProperties: was 9, is 8"),
    ("minProperties: 1", "minProperties: 2", "schemas/Order/bed/minProperties: was 1, is 2"),
    ("multipleOf: 2", "multipleOf: 5", "schemas/Order/size/multipleOf: was 2, is 5"),
    ("maxItems: 4", "maxItems: 4, uniqueItems: true", "schemas/Order/plans/uniqueItems: was not there, is True"),
    ("Finish: {type: object,", "Finish: {type: object, additionalProperties: false,", "schemas/Finish/additionalProperties: was not there, is False"),
    ("      x-ways: {cart: {query: stones.get, input: $request.path.id}}\n", "", "operations/get_stone/ways/cart: was there, is gone"),
    ("x-stream: {type: Slab", "x-stream: {type: Stone", "operations/list_blocks/stream: was Slab, is Stone"),
    ("  awaited: true\n", "", "x-client/awaited: was True, is False"),
    ("  checked: true\n", "", "x-client/checked: was True, is False"),
    ("  base_path: /v1\n", "", "x-client/base_path: was /v1, is gone"),
    ("  positional: true\n", "", "x-client/positional: was True, is False"),
    ("kept: [input]", "kept: [input, type]", "x-client/kept: was gone, is type"),
    ("servers: [{url: 'https://api.quarry.example/v1'}]\n", "", "servers/base_url: was https://api.quarry.example/v1, is gone"),
    ("name: QuarryClient", "name: StoneClient", "x-client/name: was QuarryClient, is StoneClient"),
    ("file: .quarry/config", "file: .stone/config", "x-client/file: was .quarry/config.yaml, is .stone/config.yaml"),
    ("[QUARRY_TOKEN]", "[QUARRY_SECRET_KEY]", "x-client/environment/api_key: was QUARRY_TOKEN, is QUARRY_SECRET_KEY"),
    ("client_secret: QUARRY_SECRET", "client_secret: QUARRY_PASSWORD", "x-client/sign_in/environment/client_secret: was QUARRY_SECRET, is QUARRY_PASSWORD"),
    ("'2026-01-01'", "'2026-07-01'", "x-client/headers/Quarry-Version: was 2026-01-01, is 2026-07-01"),
    ("headers: {Quarry-Version", "headers: {Stone-Version: '1', Quarry-Version", "x-client/headers/Stone-Version: was not there, is 1"),
    (SPEC[SPEC.index("  sign_in:") : SPEC.index("security:")], "", "x-client/sign_in: was there, is gone"),
    ("quarry.example/endpoint.json", "rock.example/endpoint.json", "x-client/sign_in/discovery: was https://quarry.example/endpoint.json, is https://rock.example/endpoint.json"),
    ("localhost:9999", "localhost:8888", "x-client/sign_in/callback: was http://localhost:9999/callback, is http://localhost:8888/callback"),
    (", .rock.example]", "]", "x-client/sign_in/hosts: was .rock.example, is gone"),
    (".quarry/tokens", ".stone/tokens", "x-client/sign_in/tokens: was .quarry/tokens.yaml, is .stone/tokens.yaml"),
    ("      x-signature:", "      x-other:", "webhooks/cut: was there, is gone"),
    ("header: Quarry-Signature", "header: Stone-Signature", "webhooks/cut/header: was Quarry-Signature, is Stone-Signature"),
    ("v1={hex}", "v2={hex}", "webhooks/cut/value: was t={timestamp},v1={hex}, is t={timestamp},v2={hex}"),
    (POLISH, "", "jobs/polish: was there, is gone"),
    ("        name: polish\n", "        name: shine\n", "jobs/polish: was there, is gone"),
    ("aliases: {chisel: cut}", "aliases: {}", "jobs/cut/aliases/chisel: was cut, is gone"),
    ("idempotency: always\n        model", "idempotency: never\n        model", "jobs/cut/idempotency: was always, is never"),
    ("$request.header.Idempotency-Key: $call.id, ", "", "jobs/cut/submit/bind/$request.header.Idempotency-Key: was $call.id, is gone"),
    ("          exists: $statusCode == 412\n", "", "jobs/cut/submit/exists: was $statusCode == 412, is gone"),
    ("            grain: {place", "            size: {place", "jobs/cut/submit/options/grain: was there, is gone"),
    ("type: integer, minimum", "type: number, minimum", "jobs/cut/submit/options/wait/type: was integer, is number"),
    ("minimum: 1", "minimum: 5", "jobs/cut/submit/options/wait/minimum: was 1, is 5"),
    ("maximum: 60", "maximum: 30", "jobs/cut/submit/options/wait/maximum: was 60, is 30"),
    ("fine|coarse", "fine", "jobs/cut/submit/options/grain/pattern: was fine|coarse, is fine"),
    ("keep: {region", "keep: {zone: $response.header.Zone, region", "jobs/cut/keep/zone: was not there, is $response.header.Zone"),
    ("        file: {instead: $request.body#/url}\n", "", "jobs/cut/file: was there, is gone"),
    ("instead: $request.body#/url", "instead: $request.body#/link", "jobs/cut/file/instead: was $request.body#/url, is $request.body#/link"),
    (SPEC[SPEC.index("        files:\n") : SPEC.index("        submit:\n")], "", "jobs/cut/files: was there, is gone"),
    ("place: $request.body#/plans", "place: $request.body#/block", "jobs/cut/files/place: was $request.body#/plans, is $request.body#/block"),
    ("inline: 1000", "inline: 100", "jobs/cut/files/inline: was 1000, is 100"),
    ("max: 2000", "max: 1500", "jobs/cut/files/max: was 2000, is 1500"),
    ("        asset: $upload.block\n", "", "jobs/cut/asset: was $upload.block, is gone"),
    (SPEC[SPEC.index("        model: {place") : SPEC.index("        upload:\n")], "", "jobs/cut/model: was there, is gone"),
    ("model: {place: $request.body#/kind", "model: {place: $request.body#/url", "jobs/cut/model/place: was $request.body#/kind, is $request.body#/url"),
    ("'(?P<kind>[a-z-]+)'", "'(?P<kind>[a-z]+)'", "jobs/cut/model/pattern: was (?P<kind>[a-z-]+), is (?P<kind>[a-z]+)"),
    (", resolve: {when: $statusCode == 422, url: '/kinds/{$model.kind}', value: $response.body#/id}", "", "jobs/cut/model/resolve: was there, is gone"),
    (", marble: {result: Slab, parameters: Finish}", "", "jobs/cut/models/marble: was there, is gone"),
    ("{result: Slab,", "{result: Stone,", "jobs/cut/models/marble/result: was Slab, is Stone"),
    ("types: {granite: Stone, gneiss", "types: {sand: Stone, granite: Stone, gneiss", "jobs/cut/default model: was granite, is sand"),
    ("timeout: 600", "timeout: 60", "jobs/cut/poll/timeout: was 600, is 60"),
    (STATUS, f"{STATUS}          unknown: fail\n", "jobs/cut/poll/unknown: was running, is fail"),
    ("          error: $response.body#/reason\n", "", "jobs/cut/poll/error: was $response.body#/reason, is gone"),
    ("          progress: $response.body#/cut\n", "", "jobs/cut/poll/progress: was $response.body#/cut, is gone"),
    ("          grace: {statuses: [404, 410], seconds: 30}\n", "", "jobs/cut/poll/grace: was there, is gone"),
    ("seconds: 30", "seconds: 10", "jobs/cut/poll/grace/seconds: was 30, is 10"),
    ("[404, 410]", "[404]", "jobs/cut/poll/grace/statuses: was 410, is gone"),
    ("dust, is: gone", "dust, is: failed", "jobs/cut/states: was $response.body#/reason == dust is gone, is $response.body#/reason == dust is failed"),
    ("        pause: {operationId: drop_stone, parameters: {id: $job.id}}\n", "", "jobs/cut/pause: was there, is gone"),
    (SPEC[SPEC.index("        health:") : SPEC.index("        segments:")], "", "jobs/cut/health: was there, is gone"),
    (SPEC[SPEC.index("        segments:") : SPEC.index("  /blocks:")], "", "jobs/cut/segments: was there, is gone"),
    ("seconds: 50", "seconds: 20", "jobs/cut/segments/seconds: was 50, is 20"),
    ("overlap: 1", "overlap: 2", "jobs/cut/segments/overlap: was 1, is 2"),
    (", Slab: weight}", "}", "jobs/cut/segments/scores/Slab: was weight, is gone"),
    ("name: Polished", "name: Shine", "jobs/polish/result/name: was Polished, is Shine"),
    ("type: Vein", "type: Slab", "jobs/polish/result/type: was Vein, is Slab"),
    ("name: Polished,", "name: Polished, media: text,", "jobs/polish/result/media: was json, is text"),
    ("files: declared", "files: none", "jobs/polish/result/files: was declared, is none"),
    ("          also: [failed]\n", "", "jobs/cut/result/also: was failed, is gone"),
    ("            dust: {", "            sand: {", "jobs/cut/result/parts/dust: was there, is gone"),
    ("dust: {operationId", "dust: {media: binary, operationId", "jobs/cut/result/parts/dust/media: was json, is binary"),
    ("          pending: {statuses: [425], waits: [1, 2]}\n", "", "jobs/cut/result/pending: was there, is gone"),
    ("[409, 425]", "[409]", "jobs/cut/submit/pending/statuses: was 425, is gone"),
    ("waits: [2, 4, 8]", "waits: [2, 4]", "jobs/cut/submit/pending/waits: was 8, is gone"),
    ("factor: 2, max: 8", "factor: 2, max: 60", "jobs/cut/poll/interval/max: was 8, is 60"),
    ("initial: 1, max: 8", "initial: 4, max: 8", "jobs/cut/upload/1/until/interval/initial: was 1, is 4"),
    ("hold: 30", "hold: 5", "jobs/cut/poll/hold: was 30, is 5"),
    ("          headers: {Quarry-Region: $job.region}\n", "", "jobs/cut/poll/headers/Quarry-Region: was $job.region, is gone"),
    ("Quarry-Region: $job.region", "Quarry-Region: north", "jobs/cut/poll/headers/Quarry-Region: was $job.region, is north"),
]  # fmt: skip
"""What is edited, and the report without its reason."""

HARMLESS = [
    ("servers: [", "x-servers: [{url: 'https://a.example'}]\nservers: ["),
    ("variables: {api_key: [QUARRY_TOKEN]}", "variables: {api_key: [QUARRY_TOKEN, QUARRY_KEY]}"),
    (".quarry/cache", ".stone/cache"),
    ("hosts: [", "hosts: [.stone.example, "),
    (
        "clientCredentials: {",
        "authorizationCode: {authorizationUrl: 'https://quarry.example', tokenUrl: 'https://quarry.example', scopes: {}}, clientCredentials: {",
    ),
    ("x-idempotency: always", "x-idempotency: always\n      deprecated: true"),
    ("operationId: polish\n", "operationId: polish\n      x-idempotency: always\n"),
    ("webhooks:\n", "webhooks:\n  broken: {post: {x-signature: standard, responses: {}}}\n"),
    ("webhooks:\n", f"{POLISH.replace('olish', 'aint')}webhooks:\n"),
    ("aliases: {", "aliases: {hew: cut, "),
    ("idempotency: always\n        model", "idempotency: 'always'\n        model"),
    ("minimum: 1, maximum: 60", "minimum: 0, maximum: 90"),
    ("options:\n", "options:\n            lot: {place: $request.body#/lot}\n"),
    ("keep: {region: $response.header.Region}", "keep: {region: $response.header.Area}"),
    ("inline: 1000", "inline: 2000"),
    ("          max: 2000\n", ""),
    ("types: {granite: Stone, ", "types: {granite: Stone, sand: Stone, "),
    ("timeout: 600", "timeout: 6000"),
    ("          timeout: 600\n", ""),
    (
        "        result: {name: Polished",
        "        cancel: {operationId: drop_stone, parameters: {id: $job.id}}\n        result: {name: Polished",
    ),
    ("timeout: 600", "timeout: 600.0"),
    (STATUS, f"{STATUS}          unknown: running\n"),
    ("[404, 410], seconds: 30", "[410, 404, 425], seconds: 60"),
    ("error: $response.body#/reason", "error: [$response.body#/reason, $response.body#/stage]"),
    ("waits: [2, 4, 8]", "waits: [2, 4, 8, 16]"),
    ("waits: [2, 4, 8]", "waits: [1, 5, 10]"),
    ("interval: {initial: 1, factor: 2, max: 8}", "interval: {initial: 0.5, factor: 1.5, max: 4}"),
    ("hold: 30", "hold: 60"),
    ("also: [failed]", "also: [broken, failed]"),
    ("seconds: 50", "seconds: 60"),
    ("value: $response.body\n", "value: [$response.body]\n"),
    ("files: declared", "files: any"),
    ("maxItems: 4", "maxItems: 5"),
    ("size: {type: integer", "more: {type: array, maxItems: 2}, size: {type: integer"),
    ("size: {type: integer", "more: {$ref: '#/components/schemas/More'}, size: {type: integer"),
    (
        "        - {name: order",
        "        - {name: key, in: query, schema: {type: array, maxItems: 2}}\n        - {name: order",
    ),
    ("multipleOf: 2", "minimum: 0"),
]
"""What is edited, and breaks nobody."""

NARROWER = [
    (
        "minimum: 1, maximum: 9",
        "minimum: 2, maximum: 9",
        "list_blocks: for the `query` request parameter `depth`, the min was increased from `1.00` to `2.00`",
    ),
    (
        "minimum: 1, maximum: 9",
        "minimum: 1, maximum: 8",
        "list_blocks: for the `query` request parameter `depth`, the max was decreased from `9.00` to `8.00`",
    ),
    (
        "minLength: 1, maxLength: 9",
        "minLength: 2, maxLength: 9",
        "list_blocks: for the `query` request parameter `name`, the minLength was increased from `1` to `2`",
    ),
    (
        "minLength: 1, maxLength: 9",
        "minLength: 1, maxLength: 8",
        "list_blocks: for the `query` request parameter `name`, the maxLength was decreased from `9` to `8`",
    ),
    (
        "maxLength: 9, pattern: '[a-z]+'",
        "maxLength: 9, pattern: '[a-f]+'",
        "list_blocks: changed the pattern of the `query` request parameter `name` from `[a-z]+` to `[a-f]+`",
    ),
    (
        "[up, down]",
        "[up]",
        "list_blocks: removed the enum value `down` from the `query` request parameter `order`",
    ),
    (
        "name: order, in: query,",
        "name: order, in: query, required: true,",
        "list_blocks: the `query` request parameter `order` became required",
    ),
    (
        "        - {name: order",
        "        - {name: new, in: query, required: true, schema: {type: string}}\n        - {name: order",
        "list_blocks: added the new required `query` request parameter `new`",
    ),
    (
        "minItems: 1",
        "minItems: 2",
        "cut: the `plans` request property's minItems was increased to `2`",
    ),
    (
        "Order: {type: object,",
        "Order: {type: object, required: [url],",
        "cut: the request property `url` became required",
    ),
    (
        "minimum: 0, maximum: 10",
        "minimum: 1, maximum: 10",
        "marble of cut: the `gloss` request property's min was increased to `1.00`",
    ),
    (
        "minimum: 0, maximum: 10",
        "minimum: 0, maximum: 5",
        "marble of cut: the `gloss` request property's max was decreased to `5.00`",
    ),
    (
        "gloss: {type: number",
        "gloss: {type: integer",
        "marble of cut: the `gloss` request property type/format changed from `number`/`` to `integer`/``",
    ),
    (
        "[bad, ace]",
        "[bad]",
        "marble of cut: removed the enum value `ace` of the request property `tone`",
    ),
    (
        "maxLength: 5",
        "maxLength: 4",
        "marble of cut: the `tone` request property's maxLength was decreased to `4`",
    ),
    (
        "maxLength: 5",
        "maxLength: 5, minLength: 2",
        "marble of cut: the `tone` request property's minLength was increased from `0` to `2`",
    ),
    (
        "maxLength: 5, pattern: '[a-z]+'",
        "maxLength: 5, pattern: '[a-f]+'",
        "marble of cut: changed the pattern of the request property `tone` from `[a-z]+` to `[a-f]+`",
    ),
    (
        "Finish: {type: object,",
        "Finish: {type: object, required: [tone],",
        "marble of cut: the request property `tone` became required",
    ),
    (
        "Finish: {type: object, properties: {",
        "Finish: {type: object, required: [grit], properties: {grit: {type: string}, ",
        "marble of cut: added the new required request property `grit`",
    ),
    (
        "gloss: {type: number, minimum: 0, maximum: 10}, ",
        "",
        "marble of cut: removed the request property `gloss`",
    ),
    (
        "Vein: {type: object, required: [depth]",
        "Vein: {type: object",
        "result of polish: the response property `depth` became optional for the status `200`",
    ),
    (
        "Vein: {type: object, required: [depth], properties: {depth: {type: number}, ",
        "Vein: {type: object, properties: {",
        "result of polish: removed the required property `depth` from the response with the `200` status",
    ),
    (
        ", colour: {type: string}",
        "",
        "result of polish: removed the optional property `colour` from the response with the `200` status",
    ),
    (
        "depth: {type: number}",
        "depth: {type: string}",
        "result of polish: the `depth` response's property type/format changed from `number`/`` to `string`/`` for status `200`",
    ),
]
"""Schemas of requests and results, which oasdiff compares."""


def folders(top: Path, *texts: str) -> tuple[Path, Path]:
    """Folders with the spec as it was, and as it is."""
    before, after = (
        write(top / name, "quarry.yaml", text).parent
        for name, text in zip(("before", "after"), texts, strict=True)
    )
    return before, after


Report = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Promises:
    folder = tmp_path_factory.mktemp("released")
    return promises(Spec(write(folder, "quarry.yaml", SPEC)))


@pytest.fixture
def report(tmp_path: Path, released: Promises) -> Report:
    """What is broken by an edit of the spec."""

    def report(old: str, new: str) -> list[str]:
        spec = Spec(write(tmp_path, "quarry.yaml", changed(SPEC, (old, new))))
        return list(broken(released, promises(spec)))

    return report


@pytest.mark.parametrize(("old", "new", "line"), BREAKING, ids=[row[2] for row in BREAKING])
def test_a_change_that_breaks_callers_is_one_line(
    report: Report, old: str, new: str, line: str
) -> None:
    (found,) = report(old, new)
    assert found == line or found.startswith(f"{line} (")


@pytest.mark.parametrize(("old", "new"), HARMLESS)
def test_a_change_that_breaks_nobody_is_none(report: Report, old: str, new: str) -> None:
    assert report(old, new) == []


@pytest.mark.parametrize(("old", "new", "line"), NARROWER, ids=[row[2] for row in NARROWER])
def test_narrower_requests_and_results_are_one_line(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    pair = folders(tmp_path, SPEC, changed(SPEC, (old, new)))
    assert list(breaking.spec_changes(*pair)) == [f"quarry/{line}"]


def test_every_rule_has_a_row() -> None:
    places = [line.partition(": was ")[0] for _, _, line in BREAKING]
    assert {rule(tuple(place.split("/"))) for place in places} == set(RULES)


def test_a_line_says_why_where_that_is_not_obvious(report: Report) -> None:
    assert report("timeout: 600", "timeout: 60") == [
        "jobs/cut/poll/timeout: was 600, is 60 (calls end with TimeoutError earlier)"
    ]


@pytest.mark.parametrize("old", [True, False], ids=["the released spec", "today's spec"])
def test_a_spec_that_cannot_be_read_is_one_line(tmp_path: Path, old: bool) -> None:
    texts = (SPEC, SPEC.replace("version: 2", "version: 9"))
    (found,) = breaking.spec_changes(*folders(tmp_path, *(reversed(texts) if old else texts)))
    assert found.startswith("quarry/x-job: the released spec" if old else "quarry/x-job: today's")
    assert "version is 9; write one of 2" in found


def test_a_file_that_is_no_spec_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "quarry.yaml").write_text("paths: [")
    (found,) = breaking.spec_changes(tmp_path, tmp_path)
    assert found.startswith(
        "quarry: its specs cannot be compared: quarry.yaml:2: this is not valid YAML"
    )


def test_an_overlay_is_no_backend(tmp_path: Path) -> None:
    for name in ("quarry.yaml", "quarry.overlay.yaml", "quarry.md"):
        (tmp_path / name).touch()
    assert breaking.backends(tmp_path) == ["quarry"]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("1", "2", ["redenlab/resume_token: was of version 1, is of 2 (old ones are refused)"]),
        ("1", "1", []),
    ],
)
def test_resume_tokens_of_another_version_are_breaking(
    tmp_path: Path, old: str, new: str, lines: list[str]
) -> None:
    for name, version in {"before": old, "after": new}.items():
        file = tmp_path / name / "src/redenlab/core/jobs/resume_tokens.py"
        file.parent.mkdir(parents=True)
        file.write_text(f"VERSION = {version}\n")
    assert list(breaking.token_changes(tmp_path / "before", tmp_path / "after")) == lines


def test_the_version_of_resume_tokens_is_found_in_the_real_project() -> None:
    assert breaking.token_version(Path(__file__).parents[2]) == str(resume_tokens.VERSION)
