import { useStore } from 'zustand';
import type { Settings } from '../../shared/contract/settings';
import { useApp, useSettings } from '../app';
import { themes } from '../app/TitleBar';
import { ErrorPanel, ScreenHeader, Section, Segmented } from '../ui';
import { AboutSection } from './AboutSection';
import { DraftField } from './DraftField';
import { DrillsSection } from './DrillsSection';
import { EventsSection } from './EventsSection';
import { percentProblem, tagProblem } from './problems';
import { Row, Rows } from './Rows';
import { TrustSection } from './TrustSection';

/** What the operator can set; every change is kept at once. */
export function SettingsScreen() {
  const { settings } = useApp();
  const [values, update] = useSettings();
  const error = useStore(settings, (state) => state.error);
  const set = <K extends keyof Settings>(name: K, value: Settings[K]) =>
    void update({ [name]: value });

  return (
    <>
      <ScreenHeader title="Settings" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-200 px-6 py-6">
          {error && (
            <div className="mb-6">
              <ErrorPanel error={error} onRetry={() => void settings.getState().load()} />
            </div>
          )}
          <Section title="Appearance">
            <Rows>
              <Row label="Theme" hint="System follows the operating system.">
                <Segmented
                  label="Theme"
                  value={values.theme}
                  segments={themes}
                  onChange={(value) => set('theme', value)}
                />
              </Row>
              <Row
                label="Times"
                hint="Dates are shown in this zone everywhere. Exports and the journal are always UTC."
              >
                <Segmented
                  label="Times"
                  value={values.timeZone}
                  segments={zones}
                  onChange={(value) => set('timeZone', value)}
                />
              </Row>
              <Row label="Rows" hint="Compact shows about a quarter more rows.">
                <Segmented
                  label="Rows"
                  value={values.density}
                  segments={densities}
                  onChange={(value) => set('density', value)}
                />
              </Row>
            </Rows>
          </Section>

          <Section title="AWS requests">
            <Rows>
              <Row
                label="Share of request quotas"
                hint="AWS limits how often each KMS call may be made per second, account and Region, and your workloads share that limit. Claviger stays below this share of it and slows down further when AWS throttles. More is faster and leaves less for production. The practice account has no workloads: its quotas are used whole."
              >
                <DraftField
                  label="Share of request quotas in percent"
                  value={String(values.quotaPercent)}
                  suffix="%"
                  width="w-16"
                  inputMode="numeric"
                  problemOf={percentProblem}
                  onCommit={(text) => set('quotaPercent', Number(text))}
                />
              </Row>
            </Rows>
          </Section>

          <Section
            title="Key tags"
            description="The tags whose values the key table shows as columns and offers as filters."
          >
            <Rows>
              <Row label="Environment" hint="Which environment a key belongs to.">
                <DraftField
                  label="Tag for the environment"
                  value={values.environmentTag}
                  problemOf={tagProblem}
                  onCommit={(text) => set('environmentTag', text.trim())}
                />
              </Row>
              <Row label="Owner" hint="Who answers for a key.">
                <DraftField
                  label="Tag for the owner"
                  value={values.ownerTag}
                  problemOf={tagProblem}
                  onCommit={(text) => set('ownerTag', text.trim())}
                />
              </Row>
            </Rows>
          </Section>

          <TrustSection />

          <DrillsSection />

          <EventsSection />

          <AboutSection />
        </div>
      </div>
    </>
  );
}

const zones = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'Local' },
] as const;

const densities = [
  { value: 'compact', label: 'Compact' },
  { value: 'comfortable', label: 'Comfortable' },
] as const;
