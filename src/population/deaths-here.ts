import { quoted } from './duckdb-words.ts'
import { type Loading, supplierOf } from './loading.ts'
import { deathsHere } from './store.ts'

/**
 * What workers here have said of deaths goes into the store that this load writes: whoever was taken back is alive in it, and
 * whoever a worker says has died, died in it. What goes to the record is weighed there, as the extract sends it.
 *
 * Events after a death that was taken back are kept; those after a day that only a worker said are kept as well, for that
 * may be taken back too.
 */
export async function heedDeaths(loading: Loading): Promise<void> {
  const { bench, workshop } = loading
  const here = await workshop.inVisit(({ db }) => deathsHere(db))
  if (here.length === 0) return
  const day = (on: string | null) => (on ? `date '${on}'` : 'null::date')
  const rows = here.map(
    ({ pseudonym, supplier, saidOn, diedOn }) =>
      `(${quoted(pseudonym)}, ${supplier === null ? 'null::varchar' : quoted(supplier)}, ${day(saidOn)}, ${day(diedOn)})`,
  )
  await bench.run(
    `create temp table death_here as select k.key, d.* from (values ${rows.join(', ')}) d(pseudonym, supplier, said_on, died_on)
      join keyed k using (pseudonym)`,
  )
  await bench.run(`create temp table spared as select p.key, p.died_on as said_on from person p join death_here d using (key)
    where d.supplier = ${quoted(supplierOf(loading, 'people'))} and d.said_on = p.died_on`)
  await bench.run(`update person p set died_on = null,
      left_on = case when p.left_on between s.said_on and s.said_on + 1 then null else p.left_on end
    from spared s where s.key = p.key`)
  for (const table of ['who', 'who_local'])
    await bench.run(`update ${table} set died_on = null where key in (select key from spared)`)
  await bench.run(
    `update person p set died_on = d.died_on from death_here d where d.key = p.key and d.died_on is not null`,
  )
}
