import type { ExtractFile } from './files.data.ts'
import type { Making } from './making.ts'
import { quarterDays } from './parameters.data.ts'
import { purpose } from './purposes.data.ts'
import { ownIdentity } from './sql/hospital-records.ts'
import { text } from './sql/words.ts'

/**
 * One way a row goes wrong. `when` is SQL over the row as r, the person's span as p and a draw as {u};
 * `set` replaces columns, `twice` adds a copy of the row, `drop` loses it.
 */
type Fault = {
  readonly name: string
  readonly when: string
  readonly set?: Readonly<Record<string, string>>
  readonly twice?: true
  readonly drop?: true
}

const dateOf: Partial<Record<ExtractFile, string>> = {
  inpatient: 'admitted_on',
  outpatient: 'date',
  gp_contacts: 'date',
  prescriptions: 'issued_on',
  measurements: 'taken_on',
  conditions: 'recorded_on',
  community_contacts: 'date',
}
const fromPractice: readonly ExtractFile[] = ['conditions', 'prescriptions', 'gp_contacts', 'measurements']
const fromHospital: readonly ExtractFile[] = ['inpatient', 'emergency_department', 'outpatient']
const isEvent = (file: ExtractFile) =>
  fromPractice.includes(file) || fromHospital.includes(file) || file === 'community_contacts'

const oldNumber = (number: string): string => {
  const sum = [4, 5, 6, 7, 8, 9]
    .map((at) => `substr(${number}::varchar, ${at}, 1)::int * ${11 - at}`)
    .join(' + ')
  const of = (weight: number) => `(11 - (${weight} + ${sum}) % 11) % 11`
  const nine = (lead: string) => `${lead}::bigint * 10000000 + (${number} // 10 % 1000000) * 10`
  return `case when ${of(9 * 10 + 5 * 9)} < 10 then ${nine('950')} + ${of(9 * 10 + 5 * 9)}
    else ${nine('951')} + ${of(9 * 10 + 5 * 9 + 8)} end`
}

/** Everything that goes wrong in a file, in an order that is never changed: a fault's place is its draw. */
function faultsOf(making: Making, file: ExtractFile): Fault[] {
  const last = making.practices.length + 2
  const hospital = fromHospital.includes(file)
  const date = dateOf[file]
  const identity = {
    local_id: 'local_id',
    given_name: 'given_name',
    family_name: 'family_name',
    date_of_birth: 'date_of_birth',
    sex: 'sex',
    postcode: 'postcode',
  }
  const known = Object.fromEntries(Object.keys(identity).map((name) => [name, `i.${name}`]))
  const share = (part: number) => `{u} < ${part}`
  const faults: (Fault | false)[] = [
    file === 'emergency_department' && {
      name: 'NHS number missing',
      when: share(0.03),
      set: { nhs_number: 'null', ...known },
    },
    file === 'inpatient' && {
      name: 'NHS number missing',
      when: share(0.007),
      set: { nhs_number: 'null', ...known },
    },
    hospital && {
      name: 'wrong check digit',
      when: share(0.003),
      set: { nhs_number: 'nhs_number // 10 * 10 + (nhs_number % 10 + 3) % 10' },
    },
    hospital && {
      name: 'superseded NHS number',
      when: `u(p.k, ${purpose.mess}, 90) < 0.004 and r.day < 900`,
      set: { nhs_number: oldNumber('nhs_number') },
    },
    file === 'people' && {
      name: 'second record',
      when: share(0.005),
      twice: true,
      set: { nhs_number: 'null', given_name: 'left(given_name, 3)', practice_code: 'practice_code' },
    },
    file === 'inpatient' && {
      name: 'diagnosis blank or R69',
      when: share(0.02),
      set: { primary_diagnosis: "case when c % 2 = 0 then 'R69' end" },
    },
    file === 'emergency_department' && {
      name: 'disposal blank',
      when: share(0.05),
      set: { disposal: 'null' },
    },
    isEvent(file) && { name: 'late', when: `r.day >= ${making.cutDay - 60} and {u} < 0.3`, drop: true },
    file === 'conditions' && {
      name: 'practice codes half',
      when: `p.pno = ${last} and {u} < 0.5`,
      drop: true,
    },
    fromPractice.includes(file) && {
      name: 'practice stopped sending',
      when: `p.pno = ${last - 1} and r.day >= ${making.cutDay - 122}`,
      drop: true,
    },
    file === 'inpatient' && {
      name: 'same-day care no longer recorded',
      when: `r.provider = 'ZT2' and r.day >= ${Math.floor(17 * quarterDays)} and r.admitted_on = r.discharged_on and {u} < 0.3333`,
      drop: true,
    },
    file === 'conditions' && {
      name: 'coded twice',
      when: share(0.04),
      twice: true,
      set: { recorded_on: `recorded_on + least(9, ${making.cutDay - 1} - day)::int` },
    },
    isEvent(file) && { name: 'row repeated', when: share(0.004), twice: true },
    file === 'inpatient' && {
      name: 'discharged before admitted',
      when: `r.discharged_on is not null and ${share(0.0005)}`,
      set: { discharged_on: 'admitted_on - 3' },
    },
    date !== undefined && {
      name: 'impossible date',
      when: share(0.001),
      set: { [date]: "case when (id + day) % 2 = 0 then date '1900-01-01' else date '2061-01-01' end" },
    },
    file === 'people' && {
      name: 'day and month swapped',
      when: `day(r.date_of_birth) <= 12 and day(r.date_of_birth) <> month(r.date_of_birth) and ${share(0.002)}`,
      set: { date_of_birth: 'make_date(year(date_of_birth), day(date_of_birth), month(date_of_birth))' },
    },
    file === 'people' && {
      name: 'name misspelt or reversed',
      when: share(0.015),
      set: {
        given_name: 'case when id % 3 = 0 then family_name else given_name end',
        family_name: 'case when id % 3 = 0 then given_name else left(family_name, -1) end',
      },
    },
    file === 'people' && {
      name: 'postcode untidy or old',
      when: share(0.04),
      set: {
        postcode:
          "case id % 3 when 0 then replace(postcode, ' ', '') when 1 then lower(postcode) else 'XX9' || substr(postcode, 4) end",
      },
    },
    file === 'measurements' && {
      name: 'wrong unit',
      when: `r.code in ('1022431000000105', '27113001') and ${share(0.005)}`,
      set: { value: "case when code = '27113001' then round(value / 6.35, 1) else value / 10 end" },
    },
    (file === 'outpatient' || file === 'gp_contacts') && {
      name: 'after death',
      when: `p.death_day < ${making.cutDay - 20} and ${share(0.03)}`,
      set: { date: 'date + (death_day - day + 6)::int' },
    },
    file === 'people' && {
      name: 'ghost',
      when: `r.left_on is not null and p.age_end between 18 and 50 and not r.part_moved and ${share(0.3)}`,
      set: { left_on: 'null' },
    },
  ]
  return faults.filter((fault): fault is Fault => fault !== false)
}

/** Spoils the rows of a file: the steps before, the rows to write, and the truth of what was done to which. */
export function messOf(
  making: Making,
  file: ExtractFile,
  sql: string,
): { before: string[]; sql: string; truth: string } | null {
  const faults = faultsOf(making, file)
  if (faults.length === 0) return null
  const key = `hash(xor(hash(xor(r.id::ubigint, ${making.keyOfSeed}::ubigint)), (r.c::bigint * 1000000 + r.day + 500000)::ubigint))`
  const at = (fault: Fault) => `u(mk, ${purpose.mess}, ${1000 + faults.indexOf(fault)})`
  const flags = faults.map(
    (fault) => `case when ${fault.when.replace('{u}', at(fault))} then ${text(fault.name)} end`,
  )
  const has = (fault: Fault) => `list_contains(faults, ${text(fault.name)})`
  const own = 'local_id given_name family_name date_of_birth sex postcode'.split(' ')
  const hospital = file === 'inpatient' || file === 'emergency_department'
  const columnsSet = [
    ...new Set(faults.flatMap((fault) => Object.keys(fault.twice ? {} : (fault.set ?? {})))),
  ]
  const replaced = columnsSet.map((column) => {
    const cases = faults
      .filter((f) => !f.twice && f.set?.[column])
      .map((f) => {
        const value = f.set?.[column] ?? 'null'
        return `when ${has(f)} then ${value.startsWith('i.') ? `known_${value.slice(2)}` : value}`
      })
    return `case ${cases.join(' ')} else "${column}" end as "${column}"`
  })
  const dropped = faults.filter((f) => f.drop).map(has)
  const kept = `select * replace (${[...replaced, 'id as id'].join(', ')}) from messy_${file} ${dropped.length ? `where not (${dropped.join(' or ')})` : ''}`
  const copies = faults
    .filter((f) => f.twice)
    .map((fault) => {
      const set = Object.entries(fault.set ?? {}).map(([column, value]) => `${value} as "${column}"`)
      return `select * replace (${[...set, 'c + 1000000 as c'].join(', ')}) from messy_${file} where ${has(fault)} ${dropped.length ? `and not (${dropped.join(' or ')})` : ''}`
    })
  return {
    before: [
      `create or replace table messy_${file} as
       with keyed as (select r.*, ${file === 'people' ? 'r.c = 1 or r.left_on is null as part_moved,' : ''} ${key} as mk from (${sql}) r)
       select r.*, p.death_day, ${hospital ? own.map((name) => `i.${name} as known_${name},`).join(' ') : ''}
         list_filter([${flags.join(', ')}], x -> x is not null) as faults
       from keyed r join span p using (id)
       ${hospital ? `join (select i.id, ${ownIdentity("'ZT1'")} from identity i) i on i.id = r.id` : ''}`,
    ],
    sql: [kept, ...copies].join(' union all '),
    truth: `select ${text(file)} as file, unnest(faults) as fault, id, day, c from messy_${file} where len(faults) > 0 order by id, day, c, fault`,
  }
}
