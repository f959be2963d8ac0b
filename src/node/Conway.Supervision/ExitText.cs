namespace Conway.Supervision;

/// <summary>How a process ended, in words.</summary>
internal static class ExitText
{
    /// <summary><c>exited with code 3</c>, <c>was ended by signal 9</c>.</summary>
    public static string Of(int code) => code > 128 ? $"was ended by signal {code - 128}" : $"exited with code {code}";
}
