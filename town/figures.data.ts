/**
 * Most figures are a sum over people divided by a sum over people: `of` over `by`, among `where`, times `times`.
 * The columns are those of the table `life` in figures.ts; dividing sums person by person gives a standard error too.
 */
export type Share = {
  readonly key: string
  readonly of: string
  readonly by: string
  readonly where?: string
  readonly times?: number
  readonly from?: 'life' | 'stays' | 'deaths' | 'attended' | 'everyone'
}

const bands = ['0', '1_4', '5_17', '18_39', '40_64', '65_74', '75_84', '85']
const perBand = (group: string, of: string, only: readonly string[], times = 1): Share[] =>
  only.map((name) => ({
    key: `${group}.${name}`,
    of,
    by: 'py',
    where: `band = ${bands.indexOf(name)}`,
    times,
  }))

export const shares: readonly Share[] = [
  { key: 'pop.65plus', of: 'age_end >= 65', by: '1', where: 'here_end', times: 100, from: 'everyone' },
  { key: 'pop.85plus', of: 'age_end >= 85', by: '1', where: 'here_end', times: 100, from: 'everyone' },
  { key: 'pop.under18', of: 'age_end < 18', by: '1', where: 'here_end', times: 100, from: 'everyone' },
  { key: 'pop.female', of: 'female', by: '1', where: 'here_end', times: 100, from: 'everyone' },
  {
    key: 'pop.white',
    of: 'white',
    by: '1',
    where: 'here_end and white is not null',
    times: 100,
    from: 'everyone',
  },
  {
    key: 'pop.white65',
    of: 'white',
    by: '1',
    where: 'here_end and white is not null and age_end >= 65',
    times: 100,
    from: 'everyone',
  },
  { key: 'pop.imd1', of: 'imd = 1', by: '1', where: 'here_end', times: 100, from: 'everyone' },
  { key: 'ea.all', of: 'ea', by: 'py', times: 1000 },
  { key: 'ea.adult', of: 'ea', by: 'py', where: 'age >= 18', times: 1000 },
  ...perBand('ea', 'ea', bands, 1000),
  { key: 'ea.adult.any', of: 'ea > 0', by: '1', where: 'adult_start', times: 100 },
  { key: 'ea.dist1', of: 'ea = 1', by: 'ea > 0', where: 'adult_start', times: 100 },
  { key: 'ea.dist2', of: 'ea = 2', by: 'ea > 0', where: 'adult_start', times: 100 },
  { key: 'ea.dist3', of: 'ea >= 3', by: 'ea > 0', where: 'adult_start', times: 100 },
  {
    key: 'ea.share2',
    of: 'case when ea >= 2 then ea else 0 end',
    by: 'ea',
    where: 'adult_start',
    times: 100,
  },
  {
    key: 'roland.index',
    of: 'case when e1 >= 2 then e1 else 0 end',
    by: 'e1',
    where: 'age - 4 >= 65',
    times: 100,
    from: 'everyone',
  },
  { key: 'next.p0', of: 'ea > 0', by: '1', where: 'adult_start and e4 = 0', times: 100 },
  { key: 'next.p1', of: 'ea > 0', by: '1', where: 'adult_start and e4 = 1', times: 100 },
  { key: 'next.p2', of: 'ea > 0', by: '1', where: 'adult_start and e4 = 2', times: 100 },
  { key: 'next.p3', of: 'ea > 0', by: '1', where: 'adult_start and e4 >= 3', times: 100 },
  { key: 'readm.adult', of: 'again', by: '1', where: 'age >= 18', times: 100, from: 'stays' },
  { key: 'readm.75', of: 'again', by: '1', where: 'age >= 75', times: 100, from: 'stays' },
  { key: 'los.zero', of: 'nights = 0', by: '1', times: 100, from: 'stays' },
  { key: 'los.mean', of: 'nights', by: '1', from: 'stays' },
  { key: 'los.75', of: 'nights', by: '1', where: 'age >= 75', from: 'stays' },
  { key: 'acsc', of: 'acsc', by: '1', times: 100, from: 'stays' },
  { key: 'week.sat', of: '7 * (dow = 6)::int', by: '1', from: 'stays' },
  { key: 'week.sun', of: '7 * (dow = 7)::int', by: '1', from: 'stays' },
  { key: 'week.mon', of: '7 * (dow = 1)::int', by: '1', from: 'stays' },
  { key: 'week.month', of: 'month in (1, 4, 7, 10)', by: '122.0 / 365.25', from: 'stays' },
  { key: 'ed.all', of: 'ed', by: 'py' },
  { key: 'ed.ambulance', of: 'by_ambulance', by: '1', times: 100, from: 'attended' },
  { key: 'ed.admitted', of: "disposal = '01'", by: '1', times: 100, from: 'attended' },
  { key: 'ooh', of: 'out_of_hours', by: '1', where: "disposal = '01'", times: 100, from: 'attended' },
  { key: 'gp.all', of: 'gp', by: 'py' },
  ...perBand('gp', 'gp', ['65_74', '75_84', '85']),
  { key: 'op.all', of: 'op', by: 'py' },
  { key: 'op.dna', of: 'dna', by: 'op', times: 100 },
  { key: 'el.all', of: 'el', by: 'py' },
  { key: 'death.all', of: 'died', by: 'py', times: 1000 },
  ...perBand('death', 'died', ['65_74', '75_84', '85'], 1000),
  { key: 'eol.adm', of: 'adm', by: '1', from: 'deaths' },
  { key: 'eol.3plus', of: 'adm >= 3', by: '1', times: 100, from: 'deaths' },
  { key: 'eol.any', of: 'adm > 0', by: '1', times: 100, from: 'deaths' },
  { key: 'eol.days', of: 'nights', by: '1', from: 'deaths' },
  {
    key: 'mm.adult',
    of: 'core >= 2',
    by: '1',
    where: 'here_end and age_end >= 18',
    times: 100,
    from: 'everyone',
  },
  {
    key: 'mm.75',
    of: 'core >= 2',
    by: '1',
    where: 'here_end and age_end >= 75 and age_end < 85',
    times: 100,
    from: 'everyone',
  },
  { key: 'rx.items', of: 'rx', by: 'py' },
  {
    key: 'rx.any',
    of: 'repeats >= 1',
    by: '1',
    where: 'here_end and age_end >= 18',
    times: 100,
    from: 'everyone',
  },
  {
    key: 'rx.3',
    of: 'repeats >= 3',
    by: '1',
    where: 'here_end and age_end >= 18',
    times: 100,
    from: 'everyone',
  },
  { key: 'rx.5', of: 'repeats >= 5', by: '1', where: 'here_end', times: 100, from: 'everyone' },
  { key: 'rx.10', of: 'repeats >= 10', by: '1', where: 'here_end', times: 100, from: 'everyone' },
  {
    key: 'rx.8at80',
    of: 'repeats >= 8',
    by: '1',
    where: 'here_end and age_end >= 75 and age_end < 85',
    times: 100,
    from: 'everyone',
  },
]
