import { conditions } from '../conditions.data.ts'
import type { Making } from '../making.ts'
import { quarterDays, yearDays } from '../parameters.data.ts'
import { isHere } from './people.ts'
import { firstDay, firstQuarter } from './rates.ts'
import { onDay, type Records } from './records.ts'
import { text, u, values } from './words.ts'

/** Codes and units of measurements; the value is worked out by place in this list. */
export const measurementCodes: readonly (readonly [string, string, string])[] = [
  ['271649006', 'mmHg', 'Systolic blood pressure'],
  ['271650006', 'mmHg', 'Diastolic blood pressure'],
  ['27113001', 'kg', 'Body weight'],
  ['60621009', 'kg/m2', 'Body mass index'],
  ['364075005', '/min', 'Heart rate'],
  ['431314004', '%', 'Oxygen saturation'],
  ['1022431000000105', 'g/L', 'Haemoglobin'],
  ['1011481000000105', 'mL/min/1.73m2', 'eGFR'],
  ['1000661000000107', 'mmol/L', 'Sodium'],
  ['1000651000000109', 'mmol/L', 'Potassium'],
  ['999791000000106', 'mmol/mol', 'HbA1c'],
  ['1000821000000103', 'g/L', 'Albumin'],
  ['1005671000000105', 'mmol/L', 'Cholesterol'],
  ['1000731000000107', 'umol/L', 'Creatinine'],
]

const has = (id: string) => `(bits & ${2 ** conditions.findIndex((c) => c.id === id)}) > 0`

/** mean, personal spread, measurement spread of each value; m is the person's own part, e the measurement's. */
const valueAt = (year: string) => `case code
  when 0 then round(124 + least(30, 0.25 * age) + case when ${has('htn')} then 8 else 0 end + 9 * m + 8 * e)
  when 1 then round(78 + 6 * m + 6 * e)
  when 2 then round(case when female then 70 else 83 end + case when ${has('obes')} then 24 else 0 end + 12 * m + 0.8 * e, 1)
  when 3 then round(27 + case when ${has('obes')} then 8 else 0 end + 4 * m + 0.3 * e, 1)
  when 4 then round(74 + 8 * m + 7 * e)
  when 5 then least(100, round(case when ${has('copd')} then 92.5 else 97 end + 1.1 * m + 1.3 * e))
  when 6 then round(case when female then 132 else 145 end - case when ${has('ckd')} then 9 else 0 end - case when dying then 12 else 0 end + 10 * m + 5 * e)
  when 7 then greatest(6, least(120, round(100 - 0.9 * greatest(0, age - 30) - case when ${has('ckd')} then 14 else 0 end
    - ${year} * (case when ${has('ckd')} or ${has('dm2')} then 2.5 else 1 end) + 9 * m + 4 * e)))
  when 8 then round(139.8 - case when dying then 2 else 0 end + 1.6 * m + 1.8 * e)
  when 9 then round(4.4 + 0.25 * m + 0.3 * e, 1)
  when 10 then round(greatest(20, case when ${has('dm2')} or ${has('dm1')} then 57 when ${has('ndh')} then 43 else 37 end
    + (case when ${has('dm2')} or ${has('dm1')} then 12 else 3 end) * m + 3 * e))
  when 11 then round(43 - case when dying then 6 else 0 end + 2.4 * m + 2 * e)
  when 12 then round(greatest(2.2, 5 + 0.9 * m + 0.4 * e), 1)
  else round(greatest(35, case when female then 68 else 84 end + case when ${has('ckd')} then 55 else 0 end + 14 * m + 6 * e)) end`

/** One visit in some quarters, three to eight values each, tied to the person's own mean and their conditions. */
export const measurementRecords = (making: Making): Records => ({
  file: 'measurements',
  before: [
    `create or replace table flags as select id, bit_or((1::bigint << ci::bigint)) as bits from cond group by id`,
    `create or replace type value_code as enum (${measurementCodes.map(([code]) => text(code)).join(', ')});
     create or replace type value_unit as enum (${[...new Set(measurementCodes.map(([, unit]) => unit))].map(text).join(', ')});
     create or replace table value_kind as select ix::int as ix, code::value_code as code, unit::value_unit as unit
     from (values ${values(measurementCodes.map(([code, unit], at) => [at, code, unit]))}) t(ix, code, unit)`,
  ],
  sql: `with visits as (
      select id, k, q, age, floor((q + ${u('valueDay', 'q')}) * ${quarterDays})::int as day,
        3 + floor(${u('values', 'q')} * 6)::int as many, floor(${u('valueCode', 'q')} * 12)::int as first
      from usage where q >= ${firstQuarter(making)} and age >= 5 and ${u('visited', 'q')} < least(0.85, 0.22 + 0.12 * n_cond)
    ), here as (
      select v.*, p.nhs, p.female, coalesce(f.bits, 0) as bits, coalesce(p.death_day - v.day < 365, false) as dying
      from visits v join span p using (id) left join flags f using (id)
      where v.day >= ${firstDay(making)} and v.day < ${making.cutDay} and ${isHere('v.day')}
    ), rows as (
      select *, case when i < 2 then i else 2 + (first + (i - 2) * 5) % 12 end as code from here join counter on n = many
    ), drawn as (
      select *, lg(u(k, 545, code)) as m, lg(u(k, 544, q * 16 + code)) as e from rows
    )
    select id, day, code as c, nhs as nhs_number, ${valueAt(`(day / ${yearDays} - 3)`)} as value from drawn`,
  widen: (
    rows,
  ) => `select r.id, r.day, r.c, r.nhs_number, ${onDay(making, 'r.day')} as taken_on, v.code, r.value, v.unit
    from ${rows} r join value_kind v on v.ix = r.c`,
})
