import { commonMedicines } from '../causes.data.ts'
import type { Making } from '../making.ts'
import { yearDays } from '../parameters.data.ts'
import { dayInQuarter } from './admissions.ts'
import { firstDay } from './rates.ts'
import { inWindow, onDay, type Records } from './records.ts'
import { u } from './words.ts'

/** Repeat medicines: each person's own list by year, then a grid of issue days; acute items one by one. */
export function prescriptionRecords(making: Making): Records {
  const firstYear = Math.floor(firstDay(making) / yearDays)
  return {
    file: 'prescriptions',
    before: [
      `create or replace table rx_need as
       with wanted as (
         select y.id, y.k, y.y, least(400, round(20 * (case when rx > 8 then 8 + 0.86 * (rx - 8) else rx end)))::int as m, ${u('repeats', 0, 'y.k')} as ru
         from pyear y where y.y >= ${firstYear} and rx > 0.025
       )
       select w.id, w.k, w.y, r.n from wanted w asof join repeats r on r.m = w.m and w.ru >= r.from_u where r.n > 0`,
      `create or replace table rx_own as
       select id, drug, start_day, row_number() over (partition by id order by start_day, drug) as rank
       from (select c.id, m.drug, min(c.on_day + m.ix * 300) as start_day from cond c join condition_drug m using (ci)
             where c.id in (select id from rx_need) group by all)`,
      `create or replace table rx_year as
       select n.id, n.k, n.y, n.n, count(o.drug) as own from rx_need n
         left join rx_own o on o.id = n.id and o.start_day < n.y * ${yearDays} + 182 group by all`,
      `create or replace table rx_common as
       with need as (select id, any_value(k) as k, max(n - own) as most from rx_year where n > own group by id)
       , tried as (select n.id, m.drug, n.most, -ln(u(n.k, 503, m.drug)) / m.weight as score from need n cross join common_drug m)
       select id, drug, rank from (
         select t.id, t.drug, t.most, row_number() over (partition by t.id order by t.score) as rank
         from tried t anti join rx_own o on o.id = t.id and o.drug = t.drug) where rank <= least(most, ${commonMedicines.length})`,
      `create or replace table rx_active as
       select n.id, n.k, n.y, o.drug from rx_year n join rx_own o on o.id = n.id and o.rank <= n.n and o.start_day < n.y * ${yearDays} + 182
       union all
       select n.id, n.k, n.y, c.drug from rx_year n join rx_common c on c.id = n.id and c.rank <= n.n - n.own`,
    ],
    sql: `with phased as (
        select id, k, y, drug, case when u(k, 500, drug) < 0.64 then 28 else 56 end as every,
          floor(${u('itemPhase')} * 28)::int + case when u(k, 500, drug) >= 0.82 then 28 else 0 end as phase from rx_active
      ), issued as (
        select a.id, a.k, a.drug, i.day + floor(u(a.k, 502, a.drug * 4096 + i.day) * 3)::int as day, a.every as days
        from phased a join issue i on i.every = a.every and i.phase = a.phase and i.y = a.y
        union all
        select z.id, z.k, m.drug, z.day, m.days from (
          select id, k, ${dayInQuarter(u('acuteDay', 'q * 64 + i'))} as day, ${u('acuteCode', 'q * 64 + i')} as du
          from usage join counter on n = n_acute where n_acute > 0) z asof join acute_drug m on z.du >= m.from_u
      )
      select r.id, r.day, r.drug as c, p.nhs as nhs_number, r.days::tinyint as days_supply
      from issued r join span p using (id) where ${inWindow(making, 'r.day')}`,
    thenBy: 'days_supply',
    widen: (
      rows,
    ) => `select r.id, r.day, r.c, r.nhs_number, ${onDay(making, 'r.day')} as issued_on, 'bnf' as code_system,
      g.code, g.name, r.days_supply from ${rows} r join drug g on g.drug = r.c`,
  }
}
