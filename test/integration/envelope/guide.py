"""The envelope encryption of the guide, word for word but for the client's endpoint: `encrypt_at_rest` and
`decrypt_at_rest`. Called as `seal KEY FILE` (prints the envelope) or `open FILE` (prints the plaintext, base64)."""

import base64
import json
import os
import sys

import boto3
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def encrypt_at_rest(plaintext, kms_client, key):
    response = kms_client.generate_data_key(KeyId=key, KeySpec="AES_256")
    plaintext_data_key = response["Plaintext"]
    encrypted_data_key = response["CiphertextBlob"]
    nonce = os.urandom(12)
    aesgcm = AESGCM(plaintext_data_key)
    ciphertext = aesgcm.encrypt(nonce, plaintext, None)
    return {
        "encrypted_data_key": base64.b64encode(encrypted_data_key).decode(),
        "nonce": base64.b64encode(nonce).decode(),
        "ciphertext": base64.b64encode(ciphertext).decode(),
    }


def decrypt_at_rest(payload, kms_client):
    encrypted_data_key = base64.b64decode(payload["encrypted_data_key"])
    nonce = base64.b64decode(payload["nonce"])
    ciphertext = base64.b64decode(payload["ciphertext"])
    response = kms_client.decrypt(CiphertextBlob=encrypted_data_key)
    plaintext_data_key = response["Plaintext"]
    aesgcm = AESGCM(plaintext_data_key)
    return aesgcm.decrypt(nonce, ciphertext, None)


kms = boto3.client(
    "kms", region_name="eu-central-1", endpoint_url=os.environ["PRACTICE_ENDPOINT"]
)
if sys.argv[1] == "seal":
    with open(sys.argv[3], "rb") as file:
        print(json.dumps(encrypt_at_rest(file.read(), kms, sys.argv[2])))
else:
    with open(sys.argv[2], "rb") as file:
        plaintext = decrypt_at_rest(json.load(file), kms)
    print(json.dumps(base64.b64encode(plaintext).decode()))
