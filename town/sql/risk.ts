import type { Making } from '../making.ts'
import { crisis, endOfLife, frailty, quarterDays, yearDays } from '../parameters.data.ts'
import { isHere } from './people.ts'

/**
 * The chance of an emergency admission in the four quarters after an index day, to somebody who knew the whole person
 * but not the future: the mean over futures that redraw crises, slow noise and death and keep all that is settled.
 * It is rounded because the order in which a mean is added up is not fixed.
 */
export function riskTable(making: Making, indexQuarter: number, futures: number): string {
  const day = Math.floor(indexQuarter * quarterDays)
  const y = Math.floor(indexQuarter / 4)
  const shifted = (purpose: number) => `${purpose} + 1000 * (f + 1)`
  const fill = [0, 1, 2, 3].map((j) => {
    const before = j === 0 ? 'was' : `c${j - 1}`
    return `(u(k, ${shifted(40)}, ${indexQuarter + j}) < cp or (${before} and u(k, ${shifted(41)}, ${indexQuarter + j}) < ${crisis.lasting})) as c${j}`
  })
  const crises = fill.reduce(
    (inner, column) => `select *, ${column} from (${inner})`,
    'select * from futures',
  )
  const [s0, s1, s2, s3] = [0, 1, 2, 3].map(
    (j) => `(select season_ea from quarter where q = ${Math.min(indexQuarter + j, making.quarters - 1)})`,
  )
  const seasons = [s0, s1, s2, s3]
  const dies = Array.from({ length: 7 }, (_, j) => {
    const factor = j < 4 ? `(case when c${j} then ${crisis.death} else 1 end)` : '1'
    return `when u(k, ${shifted(42)}, ${indexQuarter + j}) < 1 - exp(-hazard * ${factor}) then ${j}`
  })
  const use = [0, 1, 2, 3].map((j) => {
    const e = endOfLife.byQuarter.map((rate, before) => `when ${j + before} then ${rate}`).join(' ')
    return `(case when dq >= ${j} then least(4.9, ea * exp(${frailty.noise} * dw + ${seasons[j]} + 0.003 * ${indexQuarter + j}) * (case when c${j} then ${crisis.ea} else 1 end))
      + (case dq ${e} else 0 end) else 0 end)`
  })
  return `with here as (
    select y.id, p.nhs, y.k, y.ea, y.death, y.w, y.crisis_p, (c.mask >> ${indexQuarter - 1}) & 1 = 1 as was,
      lg(u(y.k, 30, ${y + 1})) as noise1, lg(u(y.k, 30, ${y})) as noise0
    from pyear y join span p using (id) join crisis c on c.id = y.id
    where y.y = ${y} and ${isHere(String(day))} and (${day} - p.birth_day) / ${yearDays} >= 18
  ), futures as (
    select *, least(0.25, crisis_p * exp(0.3 * dw)) as cp, death * exp(0.4 * dw) as hazard from (
      select h.* exclude (noise0, noise1), f.f,
        (lg(u(h.k, ${shifted(30)}, ${y + 2})) + h.noise1 + h.noise0) / 1.7320508075688772 - h.w as dw
      from here h cross join (select unnest(range(${futures})) as f) f)
  ), crises as (${crises})
  , dying as (select *, (case ${dies.join(' ')} else 9 end) as dq from crises)
  select id, any_value(nhs)::varchar as nhs_number, round(avg(1 - exp(-(${use.join(' + ')}))), 12) as true_risk from dying group by id order by id`
}
