namespace Conway.House;

/// <summary>A house test passes when nothing is to be said, and otherwise says all of it.</summary>
internal static class Said
{
    public static void Nothing(IEnumerable<string> sentences)
    {
        var all = sentences.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} to mend:\n{string.Join('\n', all)}");
    }
}
