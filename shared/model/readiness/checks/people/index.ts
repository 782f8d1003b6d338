import type { Check } from '../../check';
import { accessReviewed } from './accessReviewed';
import { cryptographyReviewed } from './cryptographyReviewed';
import { custodiansAcknowledged } from './custodiansAcknowledged';
import { dataClassified } from './dataClassified';
import { dutiesRotate } from './dutiesRotate';
import { incidentPlan } from './incidentPlan';
import { ownersAppointed } from './ownersAppointed';
import { procedureDocumented } from './procedureDocumented';

export const peopleChecks: readonly Check[] = [
  ownersAppointed,
  procedureDocumented,
  incidentPlan,
  custodiansAcknowledged,
  accessReviewed,
  cryptographyReviewed,
  dataClassified,
  dutiesRotate,
];
