// A registry in a process of its own, so that a test can kill it. Prints its port, then serves until its standard input ends.
using Conway.Registry;

await using var engine = await RegistryEngine.StartAsync(new RegistryOptions { StatePath = args[0] }, TimeProvider.System, CancellationToken.None);
Console.WriteLine(engine.Port);
await Console.In.ReadToEndAsync();
