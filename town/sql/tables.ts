import {
  acuteMedicines,
  ambulatoryCare,
  causes,
  commonMedicines,
  tableShareOfAmbulatory,
} from '../causes.data.ts'
import { bnfNames } from '../codes.data.ts'
import { conditions } from '../conditions.data.ts'
import { addDays, type Making } from '../making.ts'
import { anchorAges, quarterDays, rates, season, yearDays } from '../parameters.data.ts'
import { numbers, text, values } from './words.ts'

/** Shapes and draws as macros: see town/README.md for the hash. */
export const macros = `
create or replace macro u(k, s, c) as (hash(xor(k, (s * 4294967296 + c)::ubigint)) >> 11)::double * 1.1102230246251565e-16 + 5e-17;
create or replace macro lg(u) as 0.55133 * ln(u / (1 - u));
create or replace macro gu(u) as (ln(greatest(-ln(1 - u), 1e-16)) + 0.57722) / 1.28255;
create or replace macro band(a) as (case when a < 1 then 0 when a < 5 then 1 when a < 18 then 2 when a < 40 then 3
  when a < 65 then 4 when a < 75 then 5 when a < 85 then 6 else 7 end);
create or replace macro grp(a) as (case when a < 18 then 1 when a < 40 then 2 when a < 65 then 3 when a < 75 then 4
  when a < 85 then 5 else 6 end);
create or replace macro pois(l, u, t) as (case
  when l >= 5 then greatest(0, floor(l + sqrt(l) * lg(u) + 0.5))::int
  ${poissonSteps()}
  else 11 end);
`

function poissonSteps(): string {
  const horner = (n: number): string => {
    let sum = '1'
    for (let j = n; j >= 1; j--) sum = `(1 + l${j > 1 ? ` / ${j}` : ''} * ${sum})`
    return sum
  }
  return Array.from({ length: 11 }, (_, n) => `when t <= ${n ? horner(n) : '1'} then ${n}`).join(' ')
}

const anchored = (name: keyof typeof rates) => {
  const { published, multiplier } = rates[name]
  return anchorAges.map((age, at) => [age, Math.log((published[at] ?? 1) * (multiplier[at] ?? 1))] as const)
}

function logRateAt(points: ReturnType<typeof anchored>, age: number): number {
  const held = Math.min(Math.max(age, 0.5), 102)
  const above = points.findIndex(([to]) => held <= to)
  const to = above === -1 ? points.length - 1 : Math.max(1, above)
  const [a, low] = points[to - 1] ?? [0, 0]
  const [b, high] = points[to] ?? [1, 0]
  return low + ((held - a) / (b - a)) * (high - low)
}

/** Log rates by quarter year of age. */
export function curveTable(): string {
  const names = ['ea', 'death', 'gp', 'ed', 'op', 'el', 'rx'] as const
  const ages = Array.from({ length: 4 * 102 + 1 }, (_, at) => at)
  const curves = names.map((name) => {
    const points = anchored(name)
    return [
      `ln_${name}`,
      { of: 'double', numbers: ages.map((at) => Number(logRateAt(points, at / 4).toFixed(12))) },
    ]
  })
  return `create or replace table curve as select ${numbers({ ix: { of: 'int', numbers: ages }, ...Object.fromEntries(curves) })}`
}

export const conditionTable = (): string => {
  const icd10 = [...new Set(conditions.map((c) => c.icd10))]
  const rows = conditions.map((c, ci) => [
    ci,
    c.peak,
    c.midAge,
    c.scaleYears,
    1.6 * c.frailtyYears,
    c.deprivationYears,
    c.factor ?? '',
    c.factorYears,
    c.admission,
    c.death,
    c.gp,
    c.outpatient,
    c.medicines,
    (2 * c.womenToMen) / (1 + c.womenToMen),
    2 / (1 + c.womenToMen),
    c.asian,
    c.black,
    c.icd10,
    2 ** icd10.indexOf(c.icd10),
    c.snomed.length,
  ])
  return `create or replace table condition as select * replace (icd10_bit::bigint as icd10_bit) from (values ${values(rows)}) t(ci, peak, mid, scale, kf,
    ki, factor, kfac, ea, death, gp, op, rx, women, men, asian, black, icd10, icd10_bit, codes)`
}

export const conditionCodeTable = (): string =>
  `create or replace table condition_code as select * from (values ${values(
    conditions.flatMap((c, ci) => c.snomed.map((code, at) => [ci, at, code] as const)),
  )}) t(ci, ix, code)`

/** Which conditions take over the cause of an admission, one row a cause. */
export const ownCauseTable = (): string =>
  `create or replace table own_cause as select * from (values ${values(
    conditions.flatMap((c, ci) => c.causes.map((code, at) => [ci, at, c.causes.length, code] as const)),
  )}) t(ci, ix, many, code)`

export function causeTable(): string {
  const rows = [1, 2, 3, 4].flatMap((group) => {
    const weight = (row: (typeof causes)[number]) =>
      Number(row[group] ?? 0) *
      (ambulatoryCare.some((code) => row[0].startsWith(code)) ? tableShareOfAmbulatory : 1)
    const total = causes.reduce((sum, row) => sum + weight(row), 0)
    let before = 0
    return causes.flatMap((row) => {
      const from = before
      before += weight(row) / total
      return before > from ? [[group, from, row[0]] as const] : []
    })
  })
  return `create or replace table cause as select * from (values ${values(rows)}) t(age_group, from_u, code)`
}

export const drugCodes = Object.keys(bnfNames)
const drugAt = (code: string) => drugCodes.indexOf(code)

export const drugTable = (): string =>
  `create or replace type drug_code as enum (${drugCodes.map(text).join(', ')});
   create or replace type drug_name as enum (${drugCodes.map((code) => text(bnfNames[code] ?? code)).join(', ')});
   create or replace table drug as select drug::int as drug, code::drug_code as code, name::drug_name as name
   from (values ${values(drugCodes.map((code, at) => [at, code, bnfNames[code] ?? code]))}) t(drug, code, name)`

export const conditionDrugTable = (): string =>
  `create or replace table condition_drug as select * from (values ${values(
    conditions.flatMap((c, ci) => c.bnf.map((code, at) => [ci, at, drugAt(code)] as const)),
  )}) t(ci, ix, drug)`

export const commonDrugTable = (): string =>
  `create or replace table common_drug as select * from (values ${values(
    commonMedicines.map(([code, weight]) => [drugAt(code), weight]),
  )}) t(drug, weight)`

export function acuteDrugTable(): string {
  const total = acuteMedicines.reduce((sum, [, weight]) => sum + weight, 0)
  let before = 0
  const rows = acuteMedicines.map(([code, weight, days]) => {
    const from = before
    before += weight / total
    return [from, drugAt(code), days]
  })
  return `create or replace table acute_drug as select * from (values ${values(rows)}) t(from_u, drug, days)`
}

/** Quarters with their season, by the month in their middle. */
export function quarterTable(making: Making): string {
  const rows = Array.from({ length: making.quarters }, (_, q) => {
    const month = Number(addDays(making.startOn, Math.floor((q + 0.5) * quarterDays)).slice(5, 7))
    const at = Math.floor(((month + 8) % 12) / 3)
    const winter = at === 2 ? 0.93 : at === 3 ? 1.07 : 1
    return [q, Math.floor(q / 4), q % 4, season.ea[at] ?? 0, season.death[at] ?? 1, winter]
  })
  return `create or replace table quarter as select * from (values ${values(rows)})
    t(q, y, j, season_ea, season_death, winter)`
}

/** Small numbers: a row n, i for every i below n, so that a count becomes rows by a join. */
export const counterTable = (): string =>
  'create or replace table counter as select n::int as n, i::int as i from range(1, 61) a(n), range(0, 60) b(i) where i < n'

/** Days on which a repeat medicine is issued, by interval and phase; the year is the quarter-year model's. */
export const issueTable = (making: Making): string =>
  `create or replace table issue as
   select every::int as every, phase::int as phase, floor(day / ${yearDays})::int as y, day::int as day
   from (select every, phase, phase + every * j as day
         from (values (28), (56)) e(every), range(0, 56) p(phase), range(0, 200) n(j) where phase < every)
   where day < ${making.cutDay}`

export const practiceTable = (making: Making): string =>
  `create or replace table practice as select * from (values ${values(
    making.practices.map((p) => [
      p.number,
      p.code,
      p.shareBefore,
      p.deprivationRank,
      p.mixRank,
      p.admissionEffect,
      p.accessEffect,
    ]),
  )}) t(pno, practice_code, from_u, dep, mix, admission_effect, access_effect)`

/** How many repeat medicines for an expected number (in twentieths) and a person's own draw: a binomial quantile. */
export function repeatsTable(): string {
  const rows: number[][] = []
  for (let m = 1; m <= 400; m++) {
    const mean = m / 20
    const n = Math.max(1, Math.ceil(mean / 0.7))
    const p = Math.min(mean / n, 1 - 1e-12)
    let chance = (1 - p) ** n
    let below = 0
    for (let count = 0; count <= n; count++) {
      if (chance > 1e-9) rows.push([m, Number(below.toPrecision(12)), count])
      below += chance
      chance = (chance * (n - count) * p) / ((count + 1) * (1 - p))
    }
  }
  const column = (at: number) => rows.map((row) => row[at] ?? 0)
  return `create or replace table repeats as select ${numbers({
    m: { of: 'int', numbers: column(0) },
    from_u: { of: 'double', numbers: column(1) },
    n: { of: 'int', numbers: column(2) },
  })}`
}
