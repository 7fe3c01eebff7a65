// Lists all DataSets and exports one, by Domo's own client. The answer goes to standard output, as JSON.
// Arguments: client id, client secret, host:port, DataSet id.
const { DomoClient } = require('domo-sdk');

const [clientId, clientSecret, host, dataSet] = process.argv.slice(2);
const client = new DomoClient(clientId, clientSecret, undefined, host);

async function main() {
  const listed = [];
  for (let page = await client.datasets.list(2, 0); page.length > 0;
    page = await client.datasets.list(2, listed.length)) {
    listed.push(...page);
  }
  const described = await client.datasets.get(dataSet);
  const exported = await client.datasets.exportData(dataSet, true);
  process.stdout.write(JSON.stringify({ listed, described, exported }));
}

main().catch((failure) => {
  console.error(failure.message || failure);
  process.exit(1);
});
