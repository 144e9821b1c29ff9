import { beforeAll, describe, expect, it } from 'vitest'
import { many, one, savepoint, sql, transaction } from '#database'
import { type House, openHouse } from '../../test/house.ts'
import { permit, permitList } from './index.ts'

// Every table of the record that is about a person, found in the catalogue: a table added tomorrow is tried as well.
type Table = { readonly name: string; readonly column: string }

const ourSchemas = `n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public')
  and n.nspname !~ '^pg_'`

let house: House
let stranger: string
let own: string
let tables: readonly Table[]
beforeAll(async () => {
  house = await openHouse()
  own = await house.arrangePerson({ practice: 'canalSide' })
  stranger = await house.arrangePerson({ practice: 'lundStreet' })
  tables = (await house.arrange(`
    select format('%I.%I', n.nspname, c.relname) as name, a.attname as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.attnum > 0
    where c.relkind in ('r', 'p') and not c.relispartition and ${ourSchemas}
      and (a.attname = 'person_id' or format('%I.%I', n.nspname, c.relname) = 'people.person' and a.attname = 'id')
    order by 1`)) as unknown as readonly Table[]
  for (const table of tables) await plant(table)
})

/** A row about the stranger in a table, with every rule of the table switched off: only who may see it is tried. */
async function plant({ name, column }: Table): Promise<void> {
  const [has] = await house.arrange(`select exists (select from ${name} where ${column} = $1) as any`, [
    stranger,
  ])
  if (has?.any) return
  const checks = await house.arrange(
    `select conname from pg_constraint where conrelid = $1::regclass and contype in ('c', 'x', 'u')`,
    [name],
  )
  for (const { conname } of checks) {
    await house.arrange(`alter table ${name} drop constraint if exists "${conname}" cascade`)
  }
  const columns = await house.arrange(
    `select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and a.attidentity = ''
       and a.attgenerated = '' and not a.atthasdef`,
    [name],
  )
  const names = [...new Set([column, ...columns.map((each) => String(each.name))])]
  const types = new Map(columns.map((each) => [String(each.name), String(each.type)]))
  const values = names.map((each) =>
    each === column ? `'${stranger}'` : anyValue(types.get(each) ?? 'uuid'),
  )
  await house.arrange(
    `set session_replication_role = replica; insert into ${name} (${names.map((each) => `"${each}"`).join(', ')})
     values (${values.join(', ')})`,
  )
}

function anyValue(type: string): string {
  if (type === 'uuid') return 'gen_random_uuid()'
  if (type.endsWith('[]')) return `'{}'`
  if (type === 'daterange') return `'[2026-01-01,2026-01-02)'`
  if (type.startsWith('tst') || type.startsWith('ts')) return `'[2026-01-01,2026-01-02)'`
  if (type === 'date') return `'2026-01-01'`
  if (type.startsWith('timestamp')) return 'now()'
  if (type === 'boolean') return 'true'
  if (type === 'jsonb') return `'{}'`
  if (type === 'bytea') return `'x'`
  if (/int|numeric|real|double/.test(type)) return '1'
  return `'x'`
}

const seenBy = async (
  name: string,
  column: string,
  work: Parameters<House['as']>[1],
): Promise<number | 'no'> =>
  house.as('drBello', async (visit) => {
    await work(visit)
    try {
      const row = await savepoint(visit.db, () =>
        visit.db.client.query(`select count(*)::int as rows from ${name} where ${column} = '${stranger}'`),
      )
      return row.rows[0]?.rows
    } catch (error) {
      if (error instanceof Error && /permission denied/.test(error.message)) return 'no'
      throw error
    }
  })

const look = { may: 'see people', purpose: 'direct care', verb: 'read the record' } as const

describe('a canary: somebody of another practice', () => {
  it('has a row in every table about people', async () => {
    expect(tables.length).toBeGreaterThan(15)
    for (const { name, column } of tables) {
      const [row] = await house.arrange(`select count(*)::int as rows from ${name} where ${column} = $1`, [
        stranger,
      ])
      expect([name, row?.rows]).not.toEqual([name, 0])
    }
  })

  it.each([
    ['with nothing opened', async () => undefined],
    ['with one of my own people opened', (visit) => permit(visit, own, { ...look, part: 'whole' })],
    ['with the list of my practice opened', (visit) => permitList(visit, { ...look, circle: 'practice' })],
    [
      'with a list that asked for them',
      (visit) => permitList(visit, { ...look, circle: 'tied', ids: [own, stranger] }),
    ],
  ] satisfies [string, Parameters<House['as']>[1]][])(
    '%s shows none of their rows in any table',
    async (_, work) => {
      const shown: string[] = []
      for (const { name, column } of tables) {
        const rows = await seenBy(name, column, work)
        if (rows !== 'no' && rows !== 0) shown.push(`${name}: ${rows}`)
      }
      expect(shown).toEqual([])
    },
  )

  it('shows nothing in any partition asked by its own name', async () => {
    const partitions = await house.arrange(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relispartition and c.relkind = 'r' and ${ourSchemas}`)
    expect(partitions.length).toBeGreaterThan(3)
    for (const { name } of partitions) {
      await expect(house.pool.query(`select * from ${name} limit 1`)).rejects.toThrow(/permission denied/)
    }
  })

  it('is written about by nobody who has somebody else open', async () => {
    const refused = await house.as('drBello', async (visit) => {
      await permit(visit, own, { ...look, part: 'whole' })
      return savepoint(visit.db, () =>
        visit.db.client.query(
          `insert into people.wish (id, person_id, kind, answer, source, since, recorded_at)
           values (gen_random_uuid(), '${stranger}', 'take part', 'yes', 'x', '2026-01-01', now())`,
        ),
      ).catch((error: Error) => error.message)
    })
    expect(refused).toMatch(/row-level security/)
  })
})

describe('what the sign-in of pages may call and do', () => {
  it('no function of ours that reads or writes may be called by everybody', async () => {
    const open = await house.arrange(`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ourSchemas} and p.prorettype <> 'trigger'::regtype
        and (p.prosecdef or p.provolatile <> 'i') and has_function_privilege('public', p.oid, 'execute')`)
    expect(open).toEqual([])
  })

  it('every function that acts as the owner names the schemas it means', async () => {
    const loose = await house.arrange(`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ourSchemas} and p.prosecdef and not coalesce(p.proconfig @> array['search_path=""'], false)`)
    expect(loose).toEqual([])
  })

  it('it owns no table, bypasses no policy and deletes nothing about a person', async () => {
    const found = await house.arrange(`
      select rolname from pg_roles where rolname in ('keyworker_web', 'keyworker_app', 'keyworker_work', 'keyworker_worker')
        and (rolsuper or rolbypassrls)`)
    expect(found).toEqual([])
    for (const { name } of tables) {
      const [row] = await house.arrange(
        `select has_table_privilege('keyworker_app', $1, 'delete') or has_table_privilege('keyworker_app', $1, 'truncate')
           as may`,
        [name],
      )
      expect([name, row?.may]).toEqual([name, false])
    }
  })

  it('a transaction held open slows no reader of the same person or list', async () => {
    const readAll = () =>
      house.as('drBello', async (visit) => {
        await permitList(visit, { ...look, circle: 'practice' })
        await permit(visit, own, { ...look, part: 'whole' })
        return many(visit.db, sql`select id from people.person`)
      })
    await house.arrangePerson({ practice: 'canalSide' })
    await house.as('drBello', async (visit) => {
      await permitList(visit, { ...look, circle: 'practice' })
      await permit(visit, own, { ...look, part: 'whole' })
      expect((await readAll()).length).toBeGreaterThan(0)
    })
  })

  it('two pages of one session do not wait for one another', async () => {
    const token = await house.signIn('drBello')
    await house.arrange(`update access.session set seen_at = now() - interval '2 minutes'`)
    const enter = (db: Parameters<Parameters<typeof transaction>[1]>[0]) =>
      one(db, sql`select staff_id from access.enter(${token})`)
    await transaction(house.pool, async (db) => {
      await enter(db)
      expect(await transaction(house.pool, enter)).toBeDefined()
    })
  })
})
