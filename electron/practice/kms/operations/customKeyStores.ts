import type {
  ConnectCustomKeyStoreRequest,
  CreateCustomKeyStoreRequest,
  CreateCustomKeyStoreResponse,
  DescribeCustomKeyStoresRequest,
  DescribeCustomKeyStoresResponse,
  UpdateCustomKeyStoreRequest,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import {
  matching,
  oneOf,
  optional,
  required,
  secret,
  structure,
  text,
  type Member,
} from '../../protocol/rules';
import { operation } from '../context';
import { limit, marker } from '../members';

// A practice account has no CloudHSM cluster and no external key manager, so it has no custom key
// store: these operations answer as AWS does in an account without any.

const storeId = text(1, 64);
const storeName = text(1, 256);
const uri = optional(matching(10, 128, '^https://[a-zA-Z0-9.-]+$', /^https:\/\/[a-zA-Z0-9.-]+$/));
const uriPath = optional(
  matching(
    10,
    128,
    '^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$',
    /^(\/[\w/-]+)?\/kms\/xks\/v\d{1,2}$/,
  ),
);
const vpcService = optional(
  matching(
    20,
    64,
    '^com\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$',
    /^com\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$/,
  ),
);
const password = optional(secret(text(7, 32)));
const vpcServiceOwner = optional(text(12, 12));
const connectivity = optional(oneOf(['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE']));
const cluster = optional(
  matching(19, 24, '^cluster-[2-7a-zA-Z]{11,16}$', /^cluster-[2-7a-zA-Z]{11,16}$/),
);
const proxyCredential = optional(
  structure({
    AccessKeyId: required(secret(matching(20, 30, '^[A-Z2-7]+$', /^[A-Z2-7]+$/))),
    RawSecretAccessKey: required(
      secret(matching(43, 64, '^[a-zA-Z0-9\\/+=]+$', /^[a-zA-Z0-9/+=]+$/)),
    ),
  }),
);

export const describeCustomKeyStores = operation<
  DescribeCustomKeyStoresRequest,
  DescribeCustomKeyStoresResponse
>({
  name: 'DescribeCustomKeyStores',
  members: {
    CustomKeyStoreId: optional(storeId),
    CustomKeyStoreName: optional(storeName),
    Limit: limit,
    Marker: marker,
  },
  run(input) {
    if (input.CustomKeyStoreId !== undefined || input.CustomKeyStoreName !== undefined) {
      throw notFound();
    }
    return { CustomKeyStores: [], Truncated: false };
  },
});

export const createCustomKeyStore = operation<
  CreateCustomKeyStoreRequest,
  CreateCustomKeyStoreResponse
>({
  name: 'CreateCustomKeyStore',
  members: {
    CustomKeyStoreName: required(storeName),
    CloudHsmClusterId: cluster,
    TrustAnchorCertificate: optional(text(1, 5000)),
    KeyStorePassword: password,
    CustomKeyStoreType: optional(oneOf(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'])),
    XksProxyUriEndpoint: uri,
    XksProxyUriPath: uriPath,
    XksProxyVpcEndpointServiceName: vpcService,
    XksProxyVpcEndpointServiceOwner: vpcServiceOwner,
    XksProxyAuthenticationCredential: proxyCredential,
    XksProxyConnectivity: connectivity,
  },
  run(input) {
    if (input.CustomKeyStoreType === 'EXTERNAL_KEY_STORE') {
      throw new AwsError('XksProxyUriUnreachableException');
    }
    if (input.CloudHsmClusterId === undefined) {
      throw validationError('CloudHsmClusterId is required for an AWS_CLOUDHSM custom key store.');
    }
    throw new AwsError('CloudHsmClusterNotFoundException');
  },
});

export const updateCustomKeyStore = operation<UpdateCustomKeyStoreRequest>({
  name: 'UpdateCustomKeyStore',
  members: {
    CustomKeyStoreId: required(storeId),
    NewCustomKeyStoreName: optional(storeName),
    KeyStorePassword: password,
    CloudHsmClusterId: cluster,
    XksProxyUriEndpoint: uri,
    XksProxyUriPath: uriPath,
    XksProxyVpcEndpointServiceName: vpcService,
    XksProxyVpcEndpointServiceOwner: vpcServiceOwner,
    XksProxyAuthenticationCredential: proxyCredential,
    XksProxyConnectivity: connectivity,
  },
  run() {
    throw notFound();
  },
});

export const connectCustomKeyStore = ofStore('ConnectCustomKeyStore');
export const disconnectCustomKeyStore = ofStore('DisconnectCustomKeyStore');
export const deleteCustomKeyStore = ofStore('DeleteCustomKeyStore');

function ofStore(name: string) {
  const members: { CustomKeyStoreId: Member } = { CustomKeyStoreId: required(storeId) };
  return operation<ConnectCustomKeyStoreRequest>({
    name,
    members,
    run() {
      throw notFound();
    },
  });
}

function notFound(): AwsError {
  return new AwsError('CustomKeyStoreNotFoundException');
}
