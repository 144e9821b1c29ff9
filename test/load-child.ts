// Loads an extract in a process of its own, so that a test may kill it: address of the record, data folder, extract.
import { connect } from '#database'
import { loadExtract } from '#population'
import { workshopFor } from '../src/work.ts'

const [url = '', folder = '', extract = ''] = process.argv.slice(2)
const pool = connect(url, 2)
const workshop = workshopFor(pool, folder, 'load')
const outcome = await loadExtract(
  { ...workshop, say: async (words) => void process.stdout.write(`${words}\n`) },
  { folder: extract },
)
process.stdout.write(outcome.ok ? 'done\n' : `${outcome.problems[0]?.message}\n`)
await pool.end()
