import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Ajv, { type AnySchema, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** Compliance Finding (class 2003) of OCSF 1.7. */
export function ocsfFinding(): ValidateFunction {
  return new Ajv({ strict: false }).compile(JSON.parse(readFileSync(fixture, 'utf8')) as AnySchema);
}

const fixture = join(
  import.meta.dirname,
  '../../fixtures/ocsf/complianceFinding-1.7.0.schema.json',
);

/** The schema that CycloneDX's own library ships, with those that it refers to. */
export function cycloneDx(): ValidateFunction {
  const library = createRequire(import.meta.url).resolve(
    '@cyclonedx/cyclonedx-library/package.json',
  );
  const schema = (name: string) =>
    JSON.parse(readFileSync(join(dirname(library), 'res/schema', name), 'utf8')) as AnySchema;
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  ajv.addFormat('iri-reference', true).addFormat('idn-email', true);
  ajv.addSchema(
    schema('spdx.SNAPSHOT.schema.json'),
    'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json',
  );
  ajv.addSchema(
    schema('jsf-0.82.SNAPSHOT.schema.json'),
    'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json',
  );
  return ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'));
}
