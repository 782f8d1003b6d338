"""What a Python program does with KMS, against the practice account; prints what it saw as JSON."""

import json
import os

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

kms = boto3.client(
    "kms",
    endpoint_url=os.environ["PRACTICE_ENDPOINT"],
    region_name="eu-west-1",
    config=Config(retries={"max_attempts": 1}),
)


def error_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"].get("Message", "")]
    return None


key = kms.create_key(Description="from Python", Tags=[{"TagKey": "Owner", "TagValue": "tests"}])
arn = key["KeyMetadata"]["Arn"]
kms.create_alias(AliasName="alias/python", TargetKeyId=arn)
for _ in range(4):
    kms.create_key()

data_key = kms.generate_data_key(KeyId="alias/python", KeySpec="AES_256")
opened = kms.decrypt(CiphertextBlob=data_key["CiphertextBlob"])
flipped = bytearray(data_key["CiphertextBlob"])
flipped[-1] ^= 1

print(
    json.dumps(
        {
            "sameKey": opened["Plaintext"] == data_key["Plaintext"],
            "keyIsArn": opened["KeyId"] == arn,
            "creationDateHasZone": key["KeyMetadata"]["CreationDate"].tzinfo is not None,
            "listed": sum(
                len(page["Keys"])
                for page in kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2})
            ),
            "tampered": error_of(kms.decrypt, CiphertextBlob=bytes(flipped)),
            "tooLong": error_of(kms.encrypt, KeyId=arn, Plaintext=b"x" * 4097),
            "noSuchKey": error_of(
                kms.describe_key, KeyId="00000000-0000-0000-0000-000000000000"
            ),
        }
    )
)
