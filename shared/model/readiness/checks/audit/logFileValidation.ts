import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const logFileValidation = trailCheckOf({
  id: 'log-file-validation',
  cis: ['4.2'],
  trailCheck: 'log-file-validation',
  question: 'Is log file validation on?',
  why: 'Without signed digests nobody can prove that the log is whole and unchanged.',
  remedy: {
    console: 'CloudTrail > Trails > the trail > General details > Edit: Log file validation.',
    cli: 'aws cloudtrail update-trail --name TRAIL --enable-log-file-validation',
    terraform: 'resource "aws_cloudtrail": enable_log_file_validation = true',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['log'],
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
});
