"""Envelope encryption as guides for AWS KMS show it: a data key for each payload, AES-256-GCM under it,
and the wrapped data key beside the ciphertext. It runs unchanged against AWS but for endpoint and key."""

import base64
import json
import os

import boto3
from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

kms = boto3.client(
    "kms", region_name="us-east-1", endpoint_url=os.environ["PRACTICE_ENDPOINT"]
)
key = kms.create_key(Description="master key")["KeyMetadata"]
kms.create_alias(AliasName="alias/my-master-key", TargetKeyId=key["KeyId"])


def seal(plaintext):
    data_key = kms.generate_data_key(KeyId="alias/my-master-key", KeySpec="AES_256")
    nonce = os.urandom(12)
    ciphertext = AESGCM(data_key["Plaintext"]).encrypt(nonce, plaintext, None)
    parts = {
        "encrypted_data_key": data_key["CiphertextBlob"],
        "nonce": nonce,
        "ciphertext": ciphertext,
    }
    return {name: base64.b64encode(part).decode() for name, part in parts.items()}


def open_sealed(payload):
    parts = {name: base64.b64decode(part) for name, part in payload.items()}
    data_key = kms.decrypt(CiphertextBlob=parts["encrypted_data_key"])["Plaintext"]
    return AESGCM(data_key).decrypt(parts["nonce"], parts["ciphertext"], None)


def outcome(payload):
    try:
        return open_sealed(payload).decode()
    except ClientError as error:
        return error.response["Error"]["Code"]
    except InvalidTag:
        return "InvalidTag"


def changed(payload, name):
    part = bytearray(base64.b64decode(payload[name]))
    part[-1] ^= 1
    return {**payload, name: base64.b64encode(bytes(part)).decode()}


record = "Sensitive PII record #48291"
sealed = seal(record.encode())
found = {
    "opened": outcome(sealed),
    "otherEachTime": seal(record.encode())["ciphertext"] != sealed["ciphertext"],
    "changedData": outcome(changed(sealed, "ciphertext")),
    "changedKey": outcome(changed(sealed, "encrypted_data_key")),
}
kms.disable_key(KeyId=key["KeyId"])
found["disabled"] = outcome(sealed)
kms.enable_key(KeyId=key["KeyId"])
found["enabledAgain"] = outcome(sealed)
print(json.dumps(found))
