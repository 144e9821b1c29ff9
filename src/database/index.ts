export {
  connect,
  type Db,
  many,
  one,
  type Pool,
  run,
  savepoint,
  transaction,
  withoutNulls,
} from './connection.ts'
export { copyCluster } from './copy-cluster.ts'
export { type Embedded, startEmbedded } from './embedded.ts'
export { isDiskFull, isNearlyFull } from './full-disk.ts'
export { migrate, migrations } from './migrate.ts'
export { writeNew } from './new-file.ts'
export { olderProgram, refuseNewer } from './newer.ts'
export { oneAtATime } from './one-at-a-time.ts'
export {
  createDatabase,
  dropDatabase,
  letGateBuild,
  newPassword,
  prepareRoles,
  roleSql,
  urlOf,
} from './roles.ts'
export { asJson, join, type Sql, sql } from './sql.ts'
