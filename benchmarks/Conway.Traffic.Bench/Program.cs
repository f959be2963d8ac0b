using System.Globalization;
using Conway.Traffic.Bench;

// conway-traffic-bench [ROUNDS [SECONDS [CONNECTIONS]]]   compares
// conway-traffic-bench serve ROLE UPSTREAM-PORT            one contestant, in a process of its own
if (args is ["serve", var role, var upstream])
{
    await Contestant.ServeAsync(role, int.Parse(upstream, CultureInfo.InvariantCulture));
    return 0;
}

int Argument(int index, int byDefault) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : byDefault;
return await Comparison.RunAsync(rounds: Argument(0, 5), seconds: Argument(1, 5), connections: Argument(2, 32));
