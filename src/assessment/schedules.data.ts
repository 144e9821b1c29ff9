import type { Schedule } from './types.ts'

/**
 * What is asked where a programme's template does not say: few questions, at moments a year can compare.
 *
 * @source Keyworker's own choice; the moments are those of design requirement R-186 and the evaluation protocol. The
 *   site's clinical lead approves it.
 */
export const schedules: Readonly<Record<'case management' | 'virtual ward', Schedule>> = {
  'case management': [
    { instrument: 'phq-9', at: ['baseline', '6 months', '12 months', 'closing'] },
    { instrument: 'ons4', at: ['baseline', '3 months', '6 months', '12 months', 'closing'] },
    { instrument: 'loneliness', at: ['baseline', '6 months', '12 months', 'closing'] },
    { instrument: 'fft', at: ['3 months', '12 months', 'closing'] },
    { instrument: 'experience', at: ['6 months', 'closing'] },
  ],
  'virtual ward': [{ instrument: 'fft', at: ['closing'] }],
}
