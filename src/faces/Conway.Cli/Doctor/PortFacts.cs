using System.Net;
using System.Net.Sockets;

namespace Conway.Cli;

/// <summary>The two ports that people remember.</summary>
internal static class PortFacts
{
    private const int ConsolePort = 8090;

    public static DoctorFact Gateway(DoctorSubject subject) => Port("gateway", subject.Model?.Gateway.Port ?? 8080, subject);

    public static DoctorFact Console(DoctorSubject subject) => Port("console", ConsolePort, subject);

    private static DoctorFact Port(string what, int port, DoctorSubject subject)
    {
        var name = $"port {port}";
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return DoctorFact.Good(name, $"free for the {what}");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            return new DoctorFact(name, DoctorState.Odd, $"the {what} may not have it without root", "Choose a port over 1023; until then the next free one is taken and printed.");
        }
        catch (SocketException)
        {
            return subject.Location is { } location && NodeFile.TryRead(location) is { } node && node.ProcessLives()
                ? DoctorFact.Good(name, $"taken, probably by the {what} of this running system")
                : new DoctorFact(name, DoctorState.Odd, $"taken by another program", $"The {what} takes the next free port and prints it; or choose one, conway run --{(what == "gateway" ? "port" : "console-port")} N.");
        }
    }
}
