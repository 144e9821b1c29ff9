// Fills an empty installation with made-up people by SQL alone: npx tsx benchmarks/million.ts NEW-FOLDER [PEOPLE]
// 10,000 people a practice, 400 of them suggested, 50 judged. Then: npx tsx benchmarks/pages.ts NEW-FOLDER
import { resolve } from 'node:path'
import { Client } from 'pg'
import { firstProgrammes } from '../src/first-programmes.data.ts'
import { openRecord } from '../src/record.ts'
import { readSettings } from '../src/settings.ts'

const folder = resolve(process.argv[2] ?? 'data/million')
const people = Number(process.argv[3] ?? 1_000_000)
const practices = Math.max(1, Math.round(people / 10_000))
const dayOn = '2026-04-01'

const places = `
  update organisations.installation set kind = 'synthetic', decided_at = now(), day_on = '${dayOn}', name = 'Million';
  insert into organisations.organisation (id, kind, code, name)
    select gen_random_uuid(), 'practice', 'M' || lpad(n::text, 5, '0'), 'Practice ' || n from generate_series(1, ${practices}) n;
  insert into organisations.programme (id, key) values (gen_random_uuid(), 'million');
  insert into organisations.staff (id, name) values (gen_random_uuid(), 'Bench GP');`

// People of one practice lie beside one another, as a load lays them (src/population/landing.ts). A number in use ends in its check digit; one whose check digit would be 10 is passed over.
const identities = `
  create temp table made as
    select n, (substr(encode(int8send(row_number() over (order by n % ${practices}, n)), 'hex'), 9) || substr(replace(gen_random_uuid()::text, '-', ''), 9))::uuid as id, number from (select row_number() over () as n, number from (
      select (999000000 - k)::text || (11 - s % 11) % 11 as number from generate_series(1, ${Math.ceil(people * 1.12)}) k,
        lateral (select sum((11 - i) * substr((999000000 - k)::text, i, 1)::integer) as s from generate_series(1, 9) i) d
      where (11 - s % 11) % 11 <> 10 limit ${people}) x) y order by 2;
  create temp table family as select row_number() over () as n, f || s as name from
    unnest('{Ash,Bran,Cart,Dun,East,Farr,Gran,Har,Kirk,Lang,Mar,Nor,Oak,Pem,Quin,Rad,Sut,Thorn,Wal,Wój}'::text[]) f,
    unnest('{ton,ley,ford,by,well,croft,wood,field,son,man,er,cik,ham,low,shaw,worth,den,ridge,stead,mere}'::text[]) s;
  create temp table given as select row_number() over () as n, name from
    unnest('{Amina,Ben,Chloë,Dev,Ewa,Femi,Grace,Hana,Ines,José,Karl,Lena,Musa,Nia,Omar,Priya,Renée,Seán,Tom,Zoë}'::text[]) name;
  insert into people.person (id, born_on, sex)
    select id, date '2008-01-01' - (n * 7919 % 33000)::integer, case n % 2 when 0 then 'female' else 'male' end from made;
  insert into people.identifier (id, person_id, system, value) select gen_random_uuid(), id, 'nhs', number from made;
  insert into people.name (id, person_id, family, given)
    select gen_random_uuid(), m.id, f.name, g.name from made m
    -- By chance: a practice of every hundredth number would have four family names.
    join family f on f.n = 1 + abs(hashtext(m.id::text)) % 400 join given g on g.n = 1 + abs(hashtext('g' || m.id::text)) % 20;
  insert into people.contact_point (id, person_id, kind, value, postcode)
    select gen_random_uuid(), id, 'address', n || ' Long Lane', 'ZZ' || 1 + n % 99 || ' ' || 1 + n % 9 || 'ZZ' from made;`

const standing = `
  insert into people.registration (id, person_id, practice_id, during, recorded_at)
    select gen_random_uuid(), m.id, o.id, daterange(date '${dayOn}' - (m.n % 7000)::integer - 1, null), '${dayOn}'
    from made m join organisations.organisation o on o.code = 'M' || lpad((1 + m.n % ${practices})::text, 5, '0')
    order by m.id;
  insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
    select gen_random_uuid(), id, 'objection', 'type 1', 'yes', 'bench', '${dayOn}', '${dayOn}' from made where n % 33 = 0;
  insert into population.pseudonym (pseudonym, person_id, purpose, key_version, recorded_at)
    select md5(id::text)::uuid, id, 'case-finding', 1, '${dayOn}' from made;`

const lists = `
  insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version,
      key_version, taken_at, seconds)
    values (gen_random_uuid(), 'bench', '${dayOn}', '2026-03-31', '[]', '[]', '{}', '{}', 0, 1, now(), 0);
  insert into case_finding.run (id, programme_id, programme_version, load_id, index_on, covered_to, sources, percent,
      from_age, considered, cut, listed, with_us, objected, admissions_mean, admissions_variance, ranked_at)
    select gen_random_uuid(), p.id, 1, l.id, '${dayOn}', '2026-03-31', '[]', 5, 18, ${people}, ${practices * 400},
      ${practices * 400}, 0, 0, 0.1, 0.3, now() from organisations.programme p, population.load l where p.key = 'million';
  insert into case_finding.suggestion (run_id, rank, pseudonym, practice_code, emergency_admissions, ae_visits, conditions,
      last_admission_on)
    select r.id, row_number() over (order by md5(m.n::text)), md5(m.id::text)::uuid,
      'M' || lpad((1 + m.n % ${practices})::text, 5, '0'), 1 + m.n % 4, m.n % 6, '{"heart failure","copd","diabetes"}',
      date '${dayOn}' - (m.n % 365)::integer
    from made m, case_finding.run r where m.n <= ${practices * 400};
  insert into case_finding.run_practice (run_id, practice_code, considered, listed, with_us, objected, objecting)
    select r.id, o.code, 10000, 400, 0, 0, 300 from case_finding.run r, organisations.organisation o where o.kind = 'practice';
  insert into case_finding.judgement (person_id, programme_id, n, id, decision, reason, show_again_on, run_id, practice_id,
      judged_by, judged_at)
    select m.id, r.programme_id, 1, gen_random_uuid(), 'deferred', 'other', date '${dayOn}' + 30, r.id, o.id, s.id, '${dayOn}'
    from made m join organisations.organisation o on o.code = 'M' || lpad((1 + m.n % ${practices})::text, 5, '0'),
      case_finding.run r, organisations.staff s where m.n <= ${practices * 50};`

const settings = readSettings(process.env, { data: folder })
if ('problem' in settings) throw new Error(settings.problem)
const record = await openRecord(settings)
const client = new Client({ connectionString: record.ownerUrl })
await client.connect()
try {
  const began = Date.now()
  await client.query(
    "set work_mem = '256MB'; set maintenance_work_mem = '256MB'; set synchronous_commit = off",
  )
  await client.query(places)
  await client.query(
    `insert into organisations.programme_version
     select id, 1, $1, now(), 'bench' from organisations.programme where key = 'million'`,
    [firstProgrammes['care-co-ordination']],
  )
  for (const part of [identities, standing, lists]) await client.query(part)
  await client.query('vacuum analyze')
  const { rows } = await client.query(
    'select pg_size_pretty(pg_database_size(current_database())) as size, (select count(*) from people.person) as people',
  )
  const seconds = Math.round((Date.now() - began) / 1000)
  process.stdout.write(
    `${rows[0].people} people in ${practices} practices, ${rows[0].size}, in ${seconds} s\n`,
  )
} finally {
  await client.end()
  if (!record.wasRunning) await record.stop()
}
