import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { connect, startEmbedded, urlOf } from '#database'
import { openRecord } from '../src/record.ts'
import { readSettings } from '../src/settings.ts'
import { testFolder } from './house.ts'

const name = `own_${process.pid}`
const owner = `own_owner_${process.pid}`
const web = `own_web_${process.pid}`

describe('a PostgreSQL of one’s own', () => {
  it('is prepared by an owner who is no superuser, and pages sign in with less', async () => {
    // A server of its own: the passwords of this run's server must stay as they are.
    const server = await startEmbedded(testFolder('own-server'))
    const { ownerUrl } = server
    const client = new Client({ connectionString: ownerUrl })
    await client.connect()
    await client.query(`create role ${owner} login createrole password 'o'`)
    await client.query(`create role ${web} login password 'w'`)
    await client.query(`create database ${name} owner ${owner}`)
    await client.end()
    const own = urlOf(ownerUrl, { database: name, user: owner, password: 'o' })
    const record = await openRecord({
      folder: testFolder('own'),
      database: { ownerUrl: own, appUrl: urlOf(own, { user: web, password: 'w' }) },
    })
    const pool = connect(record.appUrl, 1)
    try {
      const { rows } = await pool.query('select kind from organisations.installation')
      expect(rows).toEqual([{ kind: null }])
      await expect(pool.query('select * from access.session')).rejects.toThrow(/permission denied/)
    } finally {
      await pool.end()
      await server.stop()
    }
  })

  it('with one address only, start says which is missing and prints the SQL that makes the roles', () => {
    const answer = readSettings({ DATABASE_URL: 'postgres://x@y/z' })
    expect(answer).toMatchObject({ problem: expect.stringContaining('Set DATABASE_OWNER_URL too') })
    expect(answer).toMatchObject({ problem: expect.stringContaining('create role keyworker_owner') })
    expect(readSettings({ DATABASE_OWNER_URL: 'postgres://x@y/z' })).toMatchObject({
      problem: expect.stringContaining('Set DATABASE_URL too'),
    })
  })

  it.each(['/', 'keyworker.example', 'https://keyworker.example/path'])(
    'PUBLIC_URL=%s is refused by name',
    (url) => {
      expect(readSettings({ PUBLIC_URL: url })).toMatchObject({
        problem: expect.stringContaining('PUBLIC_URL'),
      })
    },
  )

  it.each(['eighty', '-1', '70000', '80.5'])('PORT=%s is refused by name', (port) => {
    expect(readSettings({ PORT: port })).toMatchObject({ problem: expect.stringContaining('PORT') })
  })
})
