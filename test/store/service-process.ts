// A service in a process of its own, for the tests to kill: node service-process.ts <dataDir> [SQL to run when ready]
import { migrate } from "../../src/store/migrate.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { createRecordingLog } from "../recording-log.ts";

const [, , dataDir = "", sql] = process.argv;
const log = createRecordingLog();
const database = await openDatabase({ place: { dataDir }, log, poolSize: 2 });
await database.becomeService(() => process.exit(1));
await migrate(database.pool, log);
process.stdout.write("ready\n");
if (sql !== undefined) void database.pool.query(sql);
process.stdin.resume().on("end", () => {
  void database.close();
});
