import { beforeAll, describe, expect, it } from 'vitest'
import { many, one, sql } from '#database'
import { identitiesOf, identityOf } from '#people'
import { type House, openHouse, places, postId, staffId } from '../../test/house.ts'
import { asStaff } from '../visit.ts'
import { type Ask, newId, permit, permitList, Refused } from './index.ts'

const look: Ask<'whole'> = {
  may: 'see people',
  part: 'whole',
  purpose: 'direct care',
  verb: 'read the record',
}

let house: House
let june: string
let stranger: string
beforeAll(async () => {
  house = await openHouse()
  june = await house.arrangePerson({ family: 'Okafor', given: 'June', nhsNumber: '9991010106' })
  stranger = await house.arrangePerson({ family: 'Whitcombe', given: 'Harold', practice: 'canalSide' })
})

describe('nobody sees a person they have no relationship with', () => {
  it('a GP opens somebody registered at the practice, and the look is on the record', async () => {
    const name = await house.as(
      'drLund',
      async (visit) => (await identityOf(visit.db, await permit(visit, june, look))).givenName,
    )
    expect(name).toBe('June')
    const rows = await house.arrange(
      `select * from access.entry where person_id = $1 and staff_id = $2 and outcome = 'done'`,
      [june, staffId('drLund')],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ purpose: 'direct care', verb: 'read the record', tie: 'registered' })
  })

  it('somebody of another practice and somebody who does not exist are refused in the same words', async () => {
    const refusals = await Promise.all(
      [june, newId(), 'not a reference'].map((person) =>
        house.as('drBello', (visit) => permit(visit, person, look)).catch((error: unknown) => error),
      ),
    )
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(Refused)
    expect(new Set(refusals.map((refusal) => (refusal as Refused).words)).size).toBe(1)
  })

  it('a role without the activity is refused even with a relationship', async () => {
    await expect(
      house.as('drLund', (visit) => permit(visit, june, { ...look, may: 'settle identities' })),
    ).rejects.toThrow(Refused)
  })

  it('without a permit a query about people shows nobody', async () => {
    const seen = await house.as('drLund', (visit) => many(visit.db, sql`select id from people.person`))
    expect(seen).toEqual([])
  })

  it('with one person open, only their rows show', async () => {
    const seen = await house.as('drLund', async (visit) => {
      await permit(visit, june, look)
      return many<{ person_id: string }>(visit.db, sql`select person_id from people.name`)
    })
    expect(seen).toEqual([{ person_id: june }])
  })

  it('a made-up scope opens nothing', async () => {
    const seen = await house.as('drLund', async (visit) => {
      await one(visit.db, sql`select set_config('keyworker.person', ${`${stranger}.0000`}, true)`)
      return many(visit.db, sql`select id from people.person`)
    })
    expect(seen).toEqual([])
  })

  it('a scope carried over from another transaction opens nothing', async () => {
    const sealed = await house.as('drLund', async (visit) => {
      await permit(visit, june, look)
      return one<{ scope: string }>(visit.db, sql`select current_setting('keyworker.person') as scope`)
    })
    const seen = await house.as('drLund', async (visit) => {
      await one(visit.db, sql`select set_config('keyworker.person', ${sealed?.scope}, true)`)
      return many(visit.db, sql`select id from people.person`)
    })
    expect(seen).toEqual([])
  })

  it('a practice’s list holds its own people and leaves out ids that are not', async () => {
    const names = await house.as('drLund', async (visit) => {
      const list = await permitList(visit, {
        may: 'see people',
        circle: 'practice',
        ids: [june, stranger],
        purpose: 'direct care',
        verb: 'read a list',
      })
      return (await identitiesOf(visit.db, list)).map((person) => person.familyName)
    })
    expect(names).toEqual(['Okafor'])
  })

  it('a worker does not open their own record', async () => {
    await house.arrange('update organisations.staff set own_person_id = $1 where id = $2', [
      june,
      staffId('drLund'),
    ])
    await expect(house.as('drLund', (visit) => permit(visit, june, look))).rejects.toThrow(Refused)
    await house.arrange('update organisations.staff set own_person_id = null where id = $1', [
      staffId('drLund'),
    ])
  })

  it('somebody who left is signed out at the next request', async () => {
    const token = await house.signIn('omar')
    await house.arrange(`update organisations.staff set left_on = '2026-03-31' where id = $1`, [
      staffId('omar'),
    ])
    expect(
      await asStaff(
        house.pool,
        token,
        () => new Date(),
        async () => 'in',
      ),
    ).toBeUndefined()
    await house.arrange('update organisations.staff set left_on = null where id = $1', [staffId('omar')])
  })
})

describe('what the application’s sign-in may not do', () => {
  it.each([
    ['change a name', `update people.name set family = 'X'`],
    ['take a note out of the journal', 'delete from journal.entry'],
    [
      'write to the access log',
      `insert into access.entry (system, purpose, verb, outcome) values ('x','x','x','done')`,
    ],
    ['read the access log', 'select * from access.entry'],
    ['read sessions', 'select * from access.session'],
    ['read the secret', 'select * from access.secret'],
    ['open a scope by itself', `select access.set_scope('person', '${places.team}')`],
    ['enter as the program', `select access.enter_system('load')`],
    ['read a partition by its own name', 'select * from journal.entry_default'],
    ['read a password', 'select password_hash from organisations.staff'],
  ])('%s', async (_, statement) => {
    await expect(house.pool.query(statement)).rejects.toThrow(/permission denied/)
  })
})

describe('bad states the database refuses', () => {
  it('an open episode without a named case manager cannot exist', async () => {
    await expect(
      house.arrange(
        `insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
         select $1, $2, id, '2026-04-01', 1, now() from organisations.programme limit 1`,
        [newId(), june],
      ),
    ).rejects.toThrow(/owner_always/)
  })

  it('two holders of one NHS number', async () => {
    await expect(
      house.arrange(
        `insert into people.identifier (id, person_id, system, value) values ($1, $2, 'nhs', '9991010106')`,
        [newId(), stranger],
      ),
    ).rejects.toThrow(/one_holder/)
  })

  it('two practices at once', async () => {
    await expect(
      house.arrange(
        `insert into people.registration (id, person_id, practice_id, during) values ($1, $2, $3, '[2020-01-01,)')`,
        [newId(), june, places.canalSide],
      ),
    ).rejects.toThrow(/exclu/)
  })

  it('a synthetic installation does not become real', async () => {
    await expect(
      house.arrange(`update organisations.installation set kind = 'real', day_on = null`),
    ).rejects.toThrow(/synthetic for life/)
  })

  it('an emergency opening of more than 4 hours', async () => {
    await expect(
      house.arrange(
        `insert into access.claim (id, person_id, staff_id, kind, reason, words, since, until)
         values ($1, $2, $3, 'break-glass', 'emergency', 'x', now(), now() + interval '5 hours')`,
        [newId(), june, staffId('drAshe')],
      ),
    ).rejects.toThrow(/check/)
  })

  it('two posts of the same kind at once', async () => {
    await expect(
      house.arrange(
        `insert into organisations.post (id, staff_id, organisation_id, role)
         select $1, staff_id, organisation_id, role from organisations.post where id = $2`,
        [newId(), postId('amina')],
      ),
    ).rejects.toThrow(/exclu/)
  })
})

describe('every table of a person', () => {
  it('has row security, an index on the person, and no right to change or delete in place', async () => {
    const bad = await house.arrange(`
      select c.relnamespace::regnamespace || '.' || c.relname as name
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and not c.relispartition
        and c.relnamespace::regnamespace::text not in ('pg_catalog', 'access', 'population_landing')
        and has_table_privilege('keyworker_app', c.oid, 'select')
        and (not c.relrowsecurity
          or not exists (select from pg_policy p where p.polrelid = c.oid)
          or not exists (select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum)
          or has_table_privilege('keyworker_app', c.oid, 'delete'))`)
    expect(bad).toEqual([])
  })
})
