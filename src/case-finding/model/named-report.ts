import type { NameOf } from '../group-names.ts'
import type { TrainingReport } from './types.ts'

/**
 * A report as it is read: practices by their names. The one that is kept, and whose hash is signed, has their codes: a
 * practice may be renamed.
 */
export const namedReport = (report: TrainingReport, nameOf: NameOf): TrainingReport => ({
  ...report,
  figures: {
    ...report.figures,
    subgroups: report.figures.subgroups.map((group) => ({ ...group, group: nameOf(group.group) })),
  },
  ...(report.together && {
    together: { ...report.together, names: report.together.names.map(nameOf) },
  }),
})
