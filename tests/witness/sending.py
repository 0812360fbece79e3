"""Run by another Python: has the client of aics-witness send checkpoints to a witness. Input: [url, vkey, [[old, [hash...], note]...]]."""

from __future__ import annotations

import json
import sys
from base64 import b64decode

from aics_witness.feeder import WitnessClient  # type: ignore[import-not-found]

url, vkey, sent = json.load(sys.stdin)
client, told = WitnessClient(url, vkey, max_attempts=1), []
for old, hashes, note in sent:
    proofs = {old: [b64decode(each) for each in hashes]}
    try:
        told.append(client.submit(note, lambda first, last, known=proofs: known[first]))
    except Exception as error:  # noqa: BLE001
        told.append(type(error).__name__)
json.dump(told, sys.stdout)
