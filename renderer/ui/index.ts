/** The shared components of the window. They know nothing of features and of the bridge. */
export {
  Badge,
  inks,
  StateBadge,
  stateLook,
  VerdictBadge,
  verdictLooks,
  type StatusLook,
  type Tone,
} from './Badge';
export { Button, IconButton } from './Button';
export { Checkbox } from './Checkbox';
export { FacetChips, FilterBar, withFilter } from './FilterBar';
export { FilterChip, type FilterOption } from './FilterChip';
export { CodeBlock, prettyJson } from './CodeBlock';
export { cx } from './cx';
export { Dialog } from './Dialog';
export { Drawer } from './Drawer';
export { DropTarget } from './DropTarget';
export { UiProvider, useUi } from './environment';
export { Identifier } from './Identifier';
export { inPopup } from './inPopup';
export { isMac, Kbd, keyCaps } from './Kbd';
export { KeyValue, type KeyValueRow } from './KeyValue';
export { LongText } from './LongText';
export { lineLook, Menu, type MenuEntry } from './Menu';
export { EmptyState, ErrorPanel } from './Panels';
export { Part } from './Part';
export { Progress, Spinner } from './Progress';
export { RowTable, type RowTableHead } from './RowTable';
export { ScreenHeader, Section } from './Screen';
export { Segmented } from './Segmented';
export { SendDialog } from './SendDialog';
export { Select } from './Select';
export { Delayed, Loading, Skeleton } from './Skeleton';
export { Switch } from './Switch';
export { SearchField, TextField } from './TextField';
export { formatTime, localOffset, Time } from './Time';
export { Timeline, type TimelineEntry } from './Timeline';
export { useReturnFocus } from './useReturnFocus';
export { createToaster, Toasts, type Toaster } from './Toasts';
export { useTallRows } from './useTallRows';
export { Tooltip } from './Tooltip';
