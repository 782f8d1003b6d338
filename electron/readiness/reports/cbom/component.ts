/** A cryptographic asset of CycloneDX 1.6; only the members that are written here. */
export interface Component {
  readonly type: 'cryptographic-asset';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly description?: string;
  readonly evidence?: {
    readonly occurrences: readonly {
      readonly location: string;
      readonly additionalContext?: string;
    }[];
  };
  readonly cryptoProperties: CryptoProperties;
  readonly properties?: readonly Property[];
}

export interface Property {
  readonly name: string;
  readonly value: string;
}

type CryptoProperties =
  | { readonly assetType: 'algorithm'; readonly algorithmProperties: AlgorithmProperties }
  | { readonly assetType: 'certificate'; readonly certificateProperties: object }
  | { readonly assetType: 'protocol'; readonly protocolProperties: object }
  | {
      readonly assetType: 'related-crypto-material';
      readonly relatedCryptoMaterialProperties: object;
    };

export interface AlgorithmProperties {
  readonly primitive: string;
  readonly parameterSetIdentifier?: string;
  readonly curve?: string;
  readonly executionEnvironment?: string;
  readonly certificationLevel?: readonly string[];
  readonly mode?: string;
  readonly padding?: string;
  readonly cryptoFunctions?: readonly string[];
  readonly classicalSecurityLevel?: number;
  /** Category 1 to 5 of NIST's post-quantum process; 0 for what a quantum computer breaks. */
  readonly nistQuantumSecurityLevel?: number;
}

export interface Algorithm {
  readonly name: string;
  readonly properties: AlgorithmProperties;
}

/** Gives every algorithm one component, and its reference to whoever uses it. */
export function createAlgorithms() {
  const components = new Map<string, Component>();
  return {
    ref({ name, properties }: Algorithm): string {
      const where = properties.executionEnvironment === 'hardware' ? 'kms' : 'seen';
      const ref = `algorithm/${where}/${name}${properties.mode ?? ''}/${(properties.cryptoFunctions ?? []).join('+')}`;
      if (!components.has(ref)) {
        components.set(ref, {
          type: 'cryptographic-asset',
          'bom-ref': ref,
          name,
          cryptoProperties: { assetType: 'algorithm', algorithmProperties: properties },
        });
      }
      return ref;
    },
    components: () => [...components.values()],
  };
}
export type Algorithms = ReturnType<typeof createAlgorithms>;
