package dev.jellykeep.operator.bench;

import java.util.Locale;

/// Figures beside the bars that they have to meet.
final class Bars {
    private boolean allMet = true;

    boolean allMet() {
        return allMet;
    }

    void judge(String what, long figure, long bar, String unit) {
        judge(what, (double) figure, (double) bar, unit);
    }

    /// Prints a figure, and whether it is no more than its bar.
    void judge(String what, double figure, double bar, String unit) {
        boolean met = figure <= bar;
        allMet &= met;
        System.out.printf(
                Locale.ROOT,
                "  %-6s  %-62s %9s%s   bar %s%s%n",
                met ? "met" : "MISSED",
                what,
                text(figure),
                unit,
                text(bar),
                unit);
    }

    /// Whole numbers as such.
    static String text(double figure) {
        return figure == Math.rint(figure)
                ? Long.toString(Math.round(figure))
                : String.format(Locale.ROOT, "%.2f", figure);
    }
}
