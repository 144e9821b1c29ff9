# The same stages as statistics.ts in R's own glm and MatchIt, beside it. Rscript statistics.R 200000
suppressMessages(library(MatchIt))
n <- as.integer(commandArgs(TRUE)[1]) + 5000L
set.seed(1)
# The peak of the process itself, as the other side measures it; R's own count of its memory is smaller.
peakMb <- function() as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
stage <- function(name, work) { t <- system.time(answer <- work); peak <- peakMb(); cat(sprintf('{"stage":"%s","seconds":%.3f,"cpuSeconds":%.3f,"peakMb":%.0f}\n', name, t[3], t[1] + t[2], peak)); invisible(answer) }
d <- as.data.frame(sapply(1:20, function(k) if (k <= 12) rnorm(n) else rbinom(n, 1, 0.3)))
names(d) <- paste0("x", 1:20)
wish <- as.matrix(d) %*% ifelse(1:20 %% 2 == 0, 0.15, 0.1) - log(-log(runif(n)))
d$treated <- as.integer(rank(-wish, ties.method = "first") <= 5000)
f <- reformulate(paste0("x", 1:20), "treated")
p <- stage("score", fitted(glm(f, binomial, d)))
m <- stage("nearest", matchit(f, d, distance = p))
e <- stage("nearest, exact on four", matchit(f, d, distance = p, exact = ~ x17 + x18 + x19 + x20))
s <- stage("balance", summary(m, pair.dist = FALSE))
cat(sprintf('{"matched":%d,"worst":%.4f}\n', s$nn["Matched", "Treated"], max(abs(s$sum.matched[, 3]))))
