import type { Store } from '#population'
import { givenPeople } from './given-rows.ts'

// DuckDB holds a list of each person's records while it makes them: with 40,000 people at once a gigabyte was too little.
const peopleAtOnce = 10_000

/**
 * Does a piece of work for some of those counted, some thousands at a time, as the table `chosen`; what it holds depends on the
 * part and not on the list. In the order of the store, so that each part reads its own stretch of every file. The table
 * `counted` must be there: countEverybody makes it.
 */
export async function inParts(
  store: Store,
  pseudonyms: readonly string[],
  work: () => Promise<void>,
  most = peopleAtOnce,
): Promise<void> {
  await store.run(`create or replace temp table asked as
    select person, pseudonym, (row_number() over (order by person) - 1) // ${most} as part from counted
    where pseudonym in ${givenPeople(pseudonyms)}`)
  for (let part = 0; part * most < pseudonyms.length; part++) {
    await store.run(
      `create or replace temp table chosen as select person, pseudonym from asked where part = ${part}`,
    )
    await work()
  }
}
