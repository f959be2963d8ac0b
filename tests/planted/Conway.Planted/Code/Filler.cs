namespace Conway.Planted.Code;

/// <summary>Lines that compute something and use nobody: real methods are not calls alone.</summary>
internal static class Filler
{
    public static void Write(CodeText code, int index)
    {
        switch (index % 3)
        {
            case 0:
                code.Open($"for (var step = 0; step < {index + 3}; step++)");
                code.Line($"total = unchecked(total * 31 + step % {index + 2});");
                code.Close();
                break;
            case 1:
                code.Open($"if (total % {index + 2} == 0)");
                code.Line($"total -= {index + 1};");
                code.Close();
                code.Open("else");
                code.Line("total++;");
                code.Close();
                break;
            default:
                code.Open($"while (total > {1000 * (index + 1)})");
                code.Line($"total /= {index + 2};");
                code.Close();
                break;
        }
    }
}
